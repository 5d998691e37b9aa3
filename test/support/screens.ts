import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of screens as small as they get: a page with its nonce and one script. The caller removes it. */
export async function makeScreens(script = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stationmaster-screens-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html><head><meta charset="utf-8"><meta name="csp-nonce" content=""><title>Screens</title><script type="module" src="./assets/main.js"></script></head><body><main id="root"></main></body></html>',
  )
  await writeFile(join(folder, 'assets', 'main.js'), script)
  return folder
}
