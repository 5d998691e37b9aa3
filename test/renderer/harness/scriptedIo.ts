import { implement } from '@orpc/server'
import { contract } from '../../../src-preload/contract/contract.ts'
import type { BudgetView, IoView, NumberedTraffic, ScopePart } from '../../../src-preload/contract/io.ts'

interface Situation {
  readonly reach: () => void
  readonly heard: string[]
  readonly changes: EventTarget
  readonly nextChange: (signal?: AbortSignal) => Promise<void>
}

const latency = (p50: number, n = 400) => ({ n, p50, p99: p50 * 1.4, p999: p50 * 1.9, max: p50 * 2.1, histogram: { fromMs: p50 * 0.7, binMs: p50 * 0.05, counts: Array.from({ length: 32 }, (_, i) => Math.round(60 * Math.exp(-(((i - 9) / 5) ** 2)))) } })

const part = (number: number): ScopePart => {
  const decidedMs = 31 + ((number * 7) % 11)
  const isReject = number % 3 === 0
  const onMs = decidedMs + 375
  return {
    number, partId: `P-${number}`, hasTrigger: true, output: isReject ? 'reject' : 'accept', outcome: isReject ? 'fail' : 'pass', decidedMs,
    planned: isReject ? { onMs, offMs: onMs + 100 } : null, onMs: isReject ? onMs + 0.8 : null, offMs: isReject ? onMs + 101.3 : null,
    acknowledgedMs: null, confirmedMs: isReject ? onMs + 60 : null, fault: null,
  }
}

const belt = { beltSpeedMmPerS: 500, cameraToEjectorMm: 250, partPitchMm: 100, ejectorReactionMs: 20 }
const budget: BudgetView = {
  facts: { ...belt, fastestDecisionMs: 30, slowestDecisionMs: 80, timingErrorMs: 2 }, travelMs: 500, pitchMs: 200, marginMs: 37, delayFrom: 'decision',
  set: { delayMs: 375, pulseMs: 100 }, delayMs: { from: 352, to: 398 }, pulseMs: { from: 79, to: 121 }, proposal: { delayMs: 375, pulseMs: 100 }, changes: [],
}

const fresh: IoView = {
  plc: { target: 'tcp://192.168.0.10:502', isSimulated: false, health: { status: 'ok', detail: 'connected' }, loops: 'pulse' },
  isRunning: false,
  armed: null,
  registers: [
    { space: 'coil', address: 0, name: 'accept', value: 0, canForce: true },
    { space: 'coil', address: 1, name: 'reject', value: 0, canForce: true },
    { space: 'discreteInput', address: 4, name: 'trigger', value: 1, canForce: false },
    { space: 'holdingRegister', address: 103, name: 'result', value: 0xa55a, canForce: false },
  ],
  registersFault: null,
  forced: [],
  parts: Array.from({ length: 12 }, (_, age) => part(120 - age)),
  decisionMs: latency(34),
  outputMs: latency(1.2),
  timing: { source: 'parts', n: 400, fastestDecisionMs: 30, slowestDecisionMs: 80, timingErrorMs: 2 },
  belt,
  reject: { coil: 1, delayMs: 375, pulseMs: 100 },
  encoder: null,
  loops: null,
  link: null,
  linkStep: null,
  jobs: [],
}

/** An I/O room in the page's memory: arming and switching move its coils, parts come when a test says so. */
export function scriptedIo({ reach, heard, changes, nextChange }: Situation) {
  const os = implement(contract).io
  let view = fresh
  const set = (change: Partial<IoView>): void => {
    view = { ...view, ...change }
    changes.dispatchEvent(new Event('change'))
  }
  const done = (what: string, change: Partial<IoView> = {}) => {
    reach()
    heard.push(what)
    set(change)
    return { ok: true as const, value: null }
  }
  const withCoil = (coil: number, isOn: boolean): Partial<IoView> => ({
    registers: view.registers.map((row) => (row.space === 'coil' && row.address === coil ? { ...row, value: Number(isOn) } : row)),
    forced: [...view.forced.filter((one) => one.coil !== coil), ...(isOn ? [{ coil, leftMs: 60_000 }] : [])],
  })
  const traffic: NumberedTraffic[] = Array.from({ length: 40 }, (_, i) => ({
    number: i + 1, atMs: 1_000 + i * 12, direction: i % 2 ? 'received' : 'sent', peer: '192.168.0.10:502', summary: i % 2 ? 'FC01 coil 1 off' : 'FC01 read coil 1', bytes: '00 01 00 00 00 06 01 01 00 01 00 01', trouble: i === 21 ? 'exception 2: no such coil' : null,
  }))
  const handlers = {
    watch: os.watch.handler(async function* ({ signal }) {
      while (!signal?.aborted) {
        reach()
        yield view
        await nextChange(signal)
      }
    }),
    traffic: os.traffic.handler(async ({ input, signal }) => {
      while (!traffic.some(({ number }) => number > input.after) && !signal?.aborted) await nextChange(signal)
      return { ok: true, value: traffic.filter(({ number }) => number > input.after) }
    }),
    arm: os.arm.handler(() => done('io.arm', { armed: { leftMs: 60_000, byThisScreen: true } })),
    disarm: os.disarm.handler(() => done('io.disarm', { armed: null, forced: [], registers: view.registers.map((row) => (row.canForce ? { ...row, value: 0 } : row)) })),
    switch: os.switch.handler(({ input }) => done(`io.switch ${JSON.stringify(input)}`, withCoil(input.coil, input.isOn))),
    runLoops: os.runLoops.handler(() => done('io.runLoops', { loops: { kind: 'pulse', wanted: 20, done: 20, latencyMs: latency(1.4, 20), timingErrorMs: 1.9, decisionMs: 34, allowedMs: 105, fault: null, trouble: null } })),
    testLink: os.testLink.handler(() => done('io.testLink', { link: { noticedMs: 12, backMs: 640, outputsOff: true, fault: null, trouble: null } })),
    confirmPlugged: os.confirmPlugged.handler(() => done('io.confirmPlugged')),
    budget: os.budget.handler(({ input: { belt: asked } }) => {
      const isTooClose = asked.cameraToEjectorMm < 51
      const none = { marginMs: -2, delayMs: null, pulseMs: null, proposal: null, changes: [{ fact: 'cameraToEjectorMm' as const, bound: 'atLeast' as const, value: 51 }] }
      return { ok: true, value: { ...budget, facts: { ...budget.facts, ...asked }, ...(isTooClose && none) } }
    }),
    ports: os.ports.handler(() => ({ ok: true, value: { serial: [{ path: '/dev/ttyUSB0', manufacturer: 'FTDI' }], serialFault: null, interfaces: [{ name: 'eth1', address: '192.168.0.5' }] } })),
  }
  return { handlers, set, passPart: () => set({ parts: [part((view.parts[0]?.number ?? 0) + 1), ...view.parts].slice(0, 20) }) }
}
