import { createServer } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { runCli, startCli } from '../support/cliRun.ts'
import type { IoReport } from '../../src-main/hosts/commands/ioReport.ts'

vi.setConfig({ testTimeout: 120_000 })

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** A Modbus peer of its own process until the test has ended. */
async function withSimPlc(faults: readonly string[], test: (target: string) => Promise<void>): Promise<void> {
  const port = await freePort()
  const peer = startCli('sim-plc', '--port', String(port), '--gate', 'eject', ...faults.flatMap((name) => ['--fault', name]))
  try {
    await vi.waitUntil(() => peer.stdout() !== '' || peer.stderr() !== '', { timeout: 30_000 })
    await test(`tcp://127.0.0.1:${port}`)
  } finally {
    peer.child.kill('SIGINT')
    await peer.ended
  }
}

describe('stationmaster io test', () => {
  it('proves the simulated PLC: registers, outputs, twenty pulses, and the pulled link', async () => {
    const { code, stdout } = await runCli('io', 'test', '--plc', 'simulated', '--accept', '4', '--pulse', '20', '--json')
    const report = JSON.parse(stdout) as IoReport
    expect(report.registers).toContainEqual(expect.objectContaining({ space: 'coil', address: 4, manual: '00005', value: 0 }))
    expect(report.outputs.map(({ output, passed }) => [output, passed])).toEqual([['accept', true], ['reject', true]])
    expect(report.loops).toMatchObject({ kind: 'pulse', wanted: 20, done: 20, trouble: null })
    expect(report.link).toMatchObject({ outputsOff: true, trouble: null })
    expect(code).toBe(0)
  })

  it('says problem, cause and next action, and ends with 1, where nobody answers', async () => {
    const { code, stderr } = await runCli('io', 'test', '--plc', `tcp://127.0.0.1:${await freePort()}`)
    expect(stderr).toMatch(/The PLC cannot be reached\. It is switched off, .* Check the PLC/)
    expect(code).toBe(1)
  })

  it('proves a real Modbus link, and asks nobody to pull its cable', async () => {
    await withSimPlc([], async (target) => {
      const { code, stdout } = await runCli('io', 'test', '--plc', target, '--pulse', '20', '--json')
      expect(JSON.parse(stdout)).toMatchObject({ plc: { target, isSimulated: false }, loops: { done: 20 }, link: null })
      expect(code).toBe(0)
    })
  })

  it('shakes hands with a PLC that connects, and says how often it did', async () => {
    const port = String(await freePort())
    const peer = startCli('sim-plc', '--role', 'client', '--port', port)
    try {
      const { code, stdout } = await runCli('io', 'test', '--plc', `listen://127.0.0.1:${port}?allow=127.0.0.1`, '--json')
      const report = JSON.parse(stdout) as IoReport
      // The simulated PLC keeps its deadlines in real time: on a busy computer some handshakes come too late for it.
      expect(report.loops).toMatchObject({ kind: 'handshake', wanted: 20 })
      expect(report.loops.done).toBeGreaterThan(5)
      expect(report.registers).toContainEqual(expect.objectContaining({ address: 103, manual: '40104', name: 'result' }))
      expect(code).toBe(report.loops.trouble === null ? 0 : 1)
    } finally {
      peer.child.kill('SIGINT')
      await peer.ended
    }
  })

  it('a coil that reads back what was not written is found', async () => {
    await withSimPlc(['lyingReadBack'], async (target) => {
      const { code, stderr } = await runCli('io', 'test', '--plc', target, '--pulse', '20')
      expect(stderr).toContain('An output did not do what it was told.')
      expect(code).toBe(1)
    })
  })
})
