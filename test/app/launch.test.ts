import { Linter } from 'eslint'
import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const launchers = join(import.meta.dirname, '../../resources/launch')
const shippedNode = `node_modules/node-${process.platform}-${process.arch}/bin/node`

/** A checkout of nothing but the launchers, a build that writes down that it ran, and programs a test puts there. */
let checkout: string

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'stationmaster-launch-'))
  await cp(launchers, join(checkout, 'resources/launch'), { recursive: true })
  await put('node_modules/electron-vite/bin/electron-vite.js', "require('fs').appendFileSync('built.log', 'built\\n'); console.log('words of the build'); setTimeout(() => {}, 200)")
  await put('electron.vite.config.ts', '')
  await put('src-main/cli.ts', '')
  await put('out/main/cli.js', "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 6")
  await put('out/main/loopback.js', "console.log('http://127.0.0.1:1/?token=x ' + process.argv.slice(2).join(' '))")
})
afterEach(() => rm(checkout, { recursive: true }))

describe('stationmaster', () => {
  test('hands over arguments, output and exit code; its own words stay off stdout', async () => {
    const { stdout, stderr, code } = await run('stationmaster.cjs', ['run', '--json', 'a b'])
    expect(stdout).toBe('["run","--json","a b"]\n')
    expect(stderr).toBe('Building Stationmaster …\n')
    expect(code).toBe(6)
  })

  test('passes signals on and gives the exit code that they lead to', async () => {
    await put('out/main/cli.js', "process.on('SIGTERM', () => process.exit(5)); console.log('up'); setInterval(() => {}, 1000)")
    const child = start('stationmaster.cjs', [])
    await once(child.stdout!, 'data')
    child.kill('SIGTERM')
    expect((await once(child, 'exit'))[0]).toBe(5)
  })

  test('dies of the signal that its program died of', async () => {
    await put('out/main/cli.js', "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)")
    expect((await run('stationmaster.cjs', [])).signal).toBe('SIGKILL')
  })

  test('an old Node runs the one that came with the packages', async () => {
    await mkdir(dirname(join(checkout, shippedNode)), { recursive: true })
    await symlink(process.execPath, join(checkout, shippedNode))
    const { stdout, code } = await run('stationmaster.cjs', ['doctor'], { asNode: '12.22.0' })
    expect(stdout).toBe('["doctor"]\n')
    expect(code).toBe(6)
  })

  test('an old Node without packages gets a sentence that says what to do, and no crash', async () => {
    const { stdout, stderr, code } = await run('stationmaster.cjs', ['doctor'], { asNode: '20.20.2' })
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Stationmaster needs Node 24 and this is v20\.20\.2: run `npm ci` .*\n$/)
    expect(code).toBe(1)
  })

  test.each(['stationmaster.cjs', 'start.cjs', 'build.cjs', 'launch.cjs'])('%s can be read by Node 12', async (file) => {
    const source = (await readFile(join(launchers, file), 'utf8')).replace(/^#!.*/, '')
    expect(new Linter().verify(source, { languageOptions: { ecmaVersion: 2019, sourceType: 'commonjs' } })).toEqual([])
  })
})

describe('building', () => {
  test('happens once, and again only for what is newer', async () => {
    await run('build.cjs', [])
    await run('stationmaster.cjs', [])
    expect(await builds()).toBe(1)
    const later = new Date(Date.now() + 5_000)
    await utimes(join(checkout, 'src-main/cli.ts'), later, later)
    await run('stationmaster.cjs', [])
    expect(await builds()).toBe(2)
  })

  test('two starts at once build once', async () => {
    await Promise.all([run('stationmaster.cjs', []), run('stationmaster.cjs', []), run('build.cjs', [])])
    expect(await builds()).toBe(1)
  })

  test('a lock whose owner has died holds nobody up', async () => {
    await put('node_modules/.stationmaster-build/pid', '4194305')
    expect((await run('stationmaster.cjs', [])).code).toBe(6)
  })

  test('that fails says why on stderr, gives 1 and is tried again', async () => {
    await put('node_modules/electron-vite/bin/electron-vite.js', "console.log('line 3 is wrong'); process.exit(1)")
    for (const _attempt of [1, 2]) {
      const { stdout, stderr, code } = await run('stationmaster.cjs', [])
      expect(stdout).toBe('')
      expect(stderr).toContain('line 3 is wrong')
      expect(code).toBe(1)
    }
  })
})

describe('npm start', () => {
  test('without a display says so in one sentence and starts the loopback host', async () => {
    await run('build.cjs', [])
    const { stdout, stderr, code } = await run('start.cjs', ['--demo', '--data', 'here', '--no-open'])
    expect(stderr).toBe('The desktop application cannot open here because there is no display; the same screens are at this address in a browser on this machine:\n')
    expect(stdout).toBe('http://127.0.0.1:1/?token=x --data here --demo\n')
    expect(code).toBe(0)
  })

  test('asked for the loopback host needs no excuse', async () => {
    await run('build.cjs', [])
    expect(await run('start.cjs', ['--host', 'loopback', '--port', '4810'])).toMatchObject({ stdout: 'http://127.0.0.1:1/?token=x --port 4810 --open\n', stderr: '' })
  })

  test('asked for Electron where it cannot open is an error that says what to do', async () => {
    const { stdout, stderr, code } = await run('start.cjs', ['--host', 'electron'])
    expect(stderr).toMatch(/^The desktop application cannot open: there is no display\. Start it from a desktop session, or use --host loopback\.\n$/)
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })

  test('fetches Electron once, quietly, and falls back when it cannot be had', async () => {
    await put('node_modules/electron/install.js', "console.log('words of the fetch'); require('fs').appendFileSync('fetched.log', 'x'); process.exit(1)")
    await run('build.cjs', [])
    const first = await run('start.cjs', [], { display: ':0', asUser: 1000 })
    expect(first.stderr).toMatch(/^Fetching Electron, which is done once …\nThe desktop application cannot open here because the Electron binary could not be fetched; .*\n$/)
    expect(first.stdout).not.toContain('words of the fetch')
    expect((await run('start.cjs', [], { display: ':0', asUser: 1000 })).stderr).not.toContain('Fetching')
  })

  test('as root says that Electron does not run so', async () => {
    await run('build.cjs', [])
    expect((await run('start.cjs', [], { display: ':0', asUser: 0 })).stderr).toContain('its sandbox does not run as root')
  })

  test.each([
    [['--host', 'firefox'], '--host takes electron or loopback, not firefox'],
    [['--port', 'http'], '--port takes a number, not http'],
    [['--host', 'electron', '--port', '1'], '--port is for the loopback host'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is refused with the usage and 2', async (args, sentence) => {
    const { stderr, code } = await run('start.cjs', args)
    expect(stderr).toContain(sentence)
    expect(stderr).toContain('npm start -- [--host electron|loopback]')
    expect(code).toBe(2)
  })

  test('--help prints the usage', async () => {
    expect(await run('start.cjs', ['--help'])).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--data DIR') as unknown })
  })
})

async function put(file: string, content: string): Promise<void> {
  await mkdir(dirname(join(checkout, file)), { recursive: true })
  await writeFile(join(checkout, file), content)
}

const builds = async (): Promise<number> => (await readFile(join(checkout, 'built.log'), 'utf8')).trim().split('\n').length

/** What the launcher is made to believe of where it runs. */
interface RunOptions { readonly asNode?: string; readonly asUser?: number; readonly display?: string }

function start(launcher: string, args: readonly string[], { asNode, asUser, display = '' }: RunOptions = {}) {
  const pretences = [
    ...(asNode === undefined ? [] : [`Object.defineProperty(process.versions,'node',{value:'${asNode}'});Object.defineProperty(process,'version',{value:'v${asNode}'})`]),
    ...(asUser === undefined ? [] : [`process.getuid=()=>${asUser}`]),
  ]
  const pretend = pretences.flatMap((code) => ['--import', `data:text/javascript,${code}`])
  const options: SpawnOptions = { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DISPLAY: display, WAYLAND_DISPLAY: '', NODE_OPTIONS: '' } }
  return spawn(process.execPath, [...pretend, join(checkout, 'resources/launch', launcher), ...args], options)
}

async function run(launcher: string, args: readonly string[], options?: RunOptions) {
  const child = start(launcher, args, options)
  const [stdout, stderr, [code, signal]] = await Promise.all([
    child.stdout!.setEncoding('utf8').toArray(),
    child.stderr!.setEncoding('utf8').toArray(),
    once(child, 'exit') as Promise<[number | null, string | null]>,
  ])
  return { stdout: stdout.join(''), stderr: stderr.join(''), code, signal }
}
