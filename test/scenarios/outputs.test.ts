import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { childrenOf } from '../support/childrenOf.ts'
import { startPymodbus, type PymodbusServer } from '../support/pymodbusServer.ts'

const clock = systemClock()
/** What issue 4 grants: from the failure to the coil being written off, as the PLC saw it. */
const safeWithinMs = 500

describe('coil 3 is on when trouble comes', () => {
  let plc: PymodbusServer
  let main: ChildProcess
  let lines: string[]
  const until = async <T>(find: () => T | undefined, withinMs = 10_000): Promise<T> => {
    for (const endMs = clock.monotonicMs() + withinMs; clock.monotonicMs() < endMs; await wait(2)) {
      const found = find()
      if (found !== undefined) return found
    }
    throw new Error(`waited ${withinMs} ms in vain; said: ${lines.join(' | ')}`)
  }
  const said = (start: string, after = 0): Promise<string> => until(() => lines.slice(after).find((line) => line.startsWith(start)))
  const offAfter = (sinceMs: number): Promise<number> =>
    until(() => plc.writes.find((write) => write.coil === 3 && !write.isOn && write.atMs > sinceMs)?.atMs).then((atMs) => {
      console.log(`off after ${(atMs - sinceMs).toFixed(0)} ms`)
      return atMs - sinceMs
    })
  const outputsPid = (): number => childrenOf(main.pid!)[0]!
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }

  beforeEach(async () => {
    plc = await startPymodbus()
    lines = []
    main = spawn(process.execPath, [fileURLToPath(new URL('../support/driveOutputs.ts', import.meta.url)), `tcp://127.0.0.1:${plc.port}`], { stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface(main.stdout!).on('line', (line) => { lines.push(line) })
    await said('coil 3 on')
  }, 30_000)
  afterEach(async () => {
    if (main.exitCode === null && main.signalCode === null) {
      main.kill('SIGKILL')
      await once(main, 'exit')
    }
    await plc.kill()
  })

  it('kill -9 of the main process: off within 500 ms, and no process is left behind', async () => {
    const outputs = outputsPid()
    const killedMs = clock.monotonicMs()
    main.kill('SIGKILL')
    expect(await offAfter(killedMs)).toBeLessThan(safeWithinMs)
    await until(() => (isAlive(outputs) ? undefined : true), 2_000)
  })

  it('kill -STOP of the main process: off within 500 ms; on waking it hears of it, and the next pulse is given', async () => {
    const stoppedMs = clock.monotonicMs()
    main.kill('SIGSTOP')
    expect(await offAfter(stoppedMs)).toBeLessThan(safeWithinMs)
    await wait(1_000)
    main.kill('SIGCONT')
    await said('pulse station/interrupted true')
    await said('next given')
    expect(lines.filter((line) => line.startsWith('health')).map((line) => line.split(' ')[1])).toContain('failure')
  })

  it('a main loop that is held up for 2 s: off within 500 ms, and well again afterwards', async () => {
    const heldMs = clock.monotonicMs()
    main.kill('SIGUSR2')
    expect(await offAfter(heldMs)).toBeLessThan(safeWithinMs)
    await said('pulse station/interrupted true')
    await said('next given')
  })

  it('kill -9 of the outputs process: the pulse is reported lost, another process writes the coil off', async () => {
    const first = outputsPid()
    const before = lines.length
    const killedMs = clock.monotonicMs()
    process.kill(first, 'SIGKILL')
    const offMs = await offAfter(killedMs)
    await said('pulse plc/unreachable false')
    await said('health failure', before)
    await said('health ok', before)
    await said('next given')
    expect(isAlive(first)).toBe(false)
    expect(offMs).toBeLessThan(4_000)
  })

  it('kill -STOP of the outputs process: it is found hanging, replaced, and the coil is written off', async () => {
    const first = outputsPid()
    const stoppedMs = clock.monotonicMs()
    process.kill(first, 'SIGSTOP')
    const offMs = await offAfter(stoppedMs)
    await said('pulse plc/unreachable false')
    expect(isAlive(first)).toBe(false)
    expect(offMs).toBeLessThan(5_000)
  })
})
