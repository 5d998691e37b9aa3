import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The folder with package.json, resources and models: a checkout, or the inside of a packaged application. */
export const appRoot = findAppRoot(here)

/** `resourcePath('worlds')`: read-only files shipped with the program. */
export const resourcePath = (...parts: string[]): string => join(appRoot, 'resources', ...parts)

/** Where the built screens are. */
export const screensPath = join(appRoot, 'out', 'renderer')

/**
 * The entry of a helper process or thread: `hosts/<name>.ts` when the sources run, `out/main/<name>.js` when built.
 * The build keeps its chunks beside the entries, so "next to this file" holds in both.
 */
export const helperEntry = (name: string): URL => new URL(`./${name}${extname(fileURLToPath(import.meta.url))}`, import.meta.url)

function findAppRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error(`no package.json above ${here}`)
  return findAppRoot(parent)
}
