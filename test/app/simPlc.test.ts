import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runCli } from '../support/runCli.ts'

const cli = fileURLToPath(new URL('../../src-main/cli.ts', import.meta.url))

/** A port that somebody holds until `release`. */
async function takePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, release: async () => { server.close(); await once(server, 'close') } }
}

it('sim-plc prints a JSON line for every event, switches a fault by its name, and ends with Ctrl-C', async () => {
  const { port, release } = await takePort()
  await release()
  const child = spawn(process.execPath, [cli, 'sim-plc', '--port', String(port), '--fault', 'slow'], { stdio: ['pipe', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  const events = (): readonly Record<string, unknown>[] => stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>)
  await expect.poll(() => stderr, { timeout: 20_000 }).toContain(`tcp://127.0.0.1:${port}`)
  child.stdin.write('silence\nnonsense\nsilence\n')
  await expect.poll(() => events().filter(({ kind }) => kind === 'left').length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(events().filter(({ kind }) => kind === 'fault').map(({ name, isOn }) => [name, isOn])).toEqual([['slow', true], ['silence', true], ['silence', false]])
  expect(events().find(({ kind }) => kind === 'triggered')).toMatchObject({ part: 1, triggerNumber: 1, isBounce: false })
  expect(stderr).toContain('type one of: silence reset')
  child.kill('SIGINT')
  expect((await once(child, 'exit'))[0]).toBe(0)
}, 60_000)

it('sim-plc says so when its port is taken', async () => {
  const { port, release } = await takePort()
  const { code, stderr } = await runCli(['sim-plc', '--port', String(port)])
  await release()
  expect(code).toBe(1)
  expect(stderr).toContain(`127.0.0.1:${port} cannot be used: listen EADDRINUSE`)
}, 60_000)
