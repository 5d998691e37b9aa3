/**
 * How exact the outputs are, in one run, against pymodbus through the outputs process: `measureOutputs.ts [PULSES]`. Milliseconds as
 * pymodbus logged the writes, p50, p99, largest. Where no `chrt` is on PATH everything goes without SCHED_FIFO, and says so.
 */
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { requestRealTimePriority } from '../../src-main/adapters/plc/realTimePriority.ts'
import type { Fault } from '../../src-main/domain/fault.ts'
import type { LineInput } from '../../src-main/domain/lineSignals.ts'
import type { OutputLine } from '../../src-main/domain/recipe.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { openLanePlc } from './plcBench.ts'
import { startPymodbus, type PymodbusServer } from './pymodbusServer.ts'
import { outputOrder } from './outputOrder.ts'
import { orderFor, someLine, somePart } from './someLine.ts'

const clock = systemClock()
const wanted = Number(process.argv[2] ?? 200)
const everyMs = 100
const encoder = { register: 10, wordOrder: 'highFirst', countsPerMm: 10 } as const
const countsPerS = 5_000
/** Long enough for an asking process that is held up itself, as a belt's way is. */
const reject: OutputLine = { coil: 3, delayMs: 200, pulseMs: 30 }
const counted: OutputLine = { ...reject, counts: { delay: 1_000, pulse: 150 } }

interface Pulse {
  readonly dueMs: number
  readonly widthMs: number
  readonly fault: Fault | null
}

/** One pulse every 100 ms; the writes of each are found by their order, because each ends before the next begins. */
async function measure(server: PymodbusServer, give: (n: number) => Promise<Pulse | null>): Promise<{ readonly start: readonly number[]; readonly width: readonly number[] }> {
  const start: number[] = []
  const width: number[] = []
  const faults = new Map<string, number>()
  for (let n = 0; n < wanted; n++) {
    const before = server.writes.length
    const [pulse] = await Promise.all([give(n), wait(everyMs + (n % 7))])
    // pymodbus tells of its writes through a pipe, which this process reads when it has a core.
    for (let waits = 0; pulse && server.writes.length < before + 2 && waits < 50; waits++) await wait(20)
    const [on, off] = server.writes.slice(before)
    if (!pulse) continue
    const { dueMs, widthMs, fault } = pulse
    if (fault) faults.set(fault.code, (faults.get(fault.code) ?? 0) + 1)
    if (!on?.isOn || !off || off.isOn) continue
    start.push(on.atMs - dueMs)
    width.push(off.atMs - on.atMs - widthMs)
  }
  for (const [code, count] of faults) process.stdout.write(`${count} × ${code}\n`)
  return { start, width }
}

async function byTime(plc: PlcPort): Promise<Pulse> {
  const { askedMs, fault } = await plc.drive(outputOrder('reject', reject))
  return { fault, dueMs: askedMs + reject.delayMs, widthMs: reject.pulseMs }
}

async function byCounts(plc: PlcPort, n: number): Promise<Pulse> {
  const part = somePart(n + 1, clock.monotonicMs())
  plc.track(part)
  const { fault } = await plc.drive(orderFor(part, 'reject', counted, clock.monotonicMs()))
  return { fault, dueMs: part.edgeMs + (counted.counts!.delay / countsPerS) * 1_000, widthMs: (counted.counts!.pulse / countsPerS) * 1_000 }
}

/** From the input at the peer to the coil at the peer, with a main loop that decides at once; null when the trigger was not heard within 2 s. */
async function byTrigger(plc: PlcPort, server: PymodbusServer): Promise<Pulse | null> {
  const triggered = new Promise<LineInput | null>((resolve) => {
    const stop = plc.onInput((input) => { settle(input) })
    const settle = (input: LineInput | null): void => {
      stop()
      clearTimeout(timer)
      resolve(input)
    }
    const timer = setTimeout(() => { settle(null) }, 2_000)
  })
  const setMs = await server.setValue('discreteInput', 0, 1)
  const input = await triggered
  if (input?.kind !== 'triggered') {
    await server.setValue('discreteInput', 0, 0)
    return null
  }
  const { fault } = await plc.drive(orderFor(input.part, 'reject', { ...reject, delayMs: 0 }, clock.monotonicMs()))
  await server.setValue('discreteInput', 0, 0)
  await wait(30)
  return { fault, dueMs: setMs, widthMs: reject.pulseMs }
}

function print(what: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = (share: number): string => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!.toFixed(2)
  process.stdout.write(`${what.padEnd(40)} ${rank(0.5)} / ${rank(0.99)} / ${rank(1)} (of ${values.length})\n`)
}

const load = (): string => loadavg().map((one) => one.toFixed(1)).join(' ')
process.stdout.write(`load ${load()}\n`)
const server = await startPymodbus()
const { detail } = await requestRealTimePriority(server.pid)
process.stdout.write(`pymodbus, in place of a machine of its own: ${detail}\n`)
await server.runBelt(encoder.register, countsPerS)
for (const [name, line, scans] of [['by time', reject, false], ['by time, inputs and encoder scanned', reject, true], ['by counts', counted, true], ['trigger to coil', reject, true]] as const) {
  const plc = openLanePlc(`tcp://127.0.0.1:${server.port}`)
  await plc.open({ outputs: { reject: line }, ...(scans && { line: someLine({ deadlineMs: 60_000, encoder }) }) })
  await wait(200)
  if (name === 'by time') process.stdout.write(`outputs process: ${plc.health().detail}\n`)
  const give = { 'by time': () => byTime(plc), 'by time, inputs and encoder scanned': () => byTime(plc), 'by counts': (n: number) => byCounts(plc, n), 'trigger to coil': () => byTrigger(plc, server) }[name]
  const { start, width } = await measure(server, give)
  print(`${name}: start`, start)
  print(`${name}: width`, width)
  await plc.close()
}
await server.kill()
process.stdout.write(`load ${load()}\n`)
