import type { Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'

/** `pull` and `plug` wait for somebody's hand; a simulated PLC needs none. */
export type LinkStep = 'pull' | 'plug' | 'check'

export interface LinkReport {
  /** Of a simulated PLC: from the pulled cable until the station knew. Nobody can time a hand on a cable. */
  readonly noticedMs: number | null
  /** From plugging in (a person: from saying so) until the link served again; null when it did not. */
  readonly backMs: number | null
  /** The reject coil was on when the link went, and read off when it came back; null when it could not be read. */
  readonly outputsOff: boolean | null
  readonly fault: Fault | null
  /** null: passed. */
  readonly trouble: LinkTrouble | null
}

/** `failed`: the reject could not be switched on. `late`: back, but not within 3 s. `outputsOn`, `outputsUnknown`: what the reject read afterwards. */
export type LinkTrouble = 'cancelled' | 'failed' | 'notPulled' | 'notBack' | 'late' | 'outputsOn' | 'outputsUnknown'

export interface LinkHands {
  /** Called at each step. */
  readonly say: (step: LinkStep) => void
  /** Aborted when the person says that the cable is in again. */
  readonly pluggedIn: AbortSignal
}

/** A link that returns is up again within this. */
export const backWithinMs = 3_000
const handPatienceMs = 120_000
const darkMs = 500

/**
 * Switches the reject on, has the link pulled and plugged in again, and looks whether the station notices, returns within 3 s and leaves
 * no output on. What the outputs do while nobody reaches them is for the wiring: a watchdog in the remote module, or a relay.
 */
export async function testLink(plc: PlcPort, coil: number, clock: ClockPort, hands: LinkHands, signal: AbortSignal): Promise<LinkReport> {
  const pull = plc.simulation && ((isOn: boolean) => plc.simulation!.setFault('unplugged', isOn))
  const end = (trouble: LinkTrouble | null, seen: Partial<LinkReport> = {}): LinkReport =>
    ({ noticedMs: null, backMs: null, outputsOff: null, fault: null, ...seen, trouble: signal.aborted ? 'cancelled' : trouble })

  const on = await plc.force(coil, true)
  if (!on.ok) return end('failed', { fault: on.fault })
  try {
    hands.say('pull')
    const pulledMs = clock.monotonicMs()
    await pull?.(true)
    const lostMs = await untilHealth(plc, clock, isLost, handPatienceMs, signal)
    if (lostMs === null) return end('notPulled')
    const noticedMs = pull ? lostMs - pulledMs : null

    hands.say('plug')
    if (pull) await clock.sleep(darkMs, signal)
    else await clock.sleep(handPatienceMs, AbortSignal.any([hands.pluggedIn, signal]))
    const pluggedMs = clock.monotonicMs()
    await pull?.(false)
    hands.say('check')
    const okMs = await untilHealth(plc, clock, isBack, handPatienceMs, signal)
    if (okMs === null) return end('notBack', { noticedMs })

    const backMs = Math.max(0, okMs - pluggedMs)
    const outputsOff = await readsOff(plc, coil)
    return end(troubleAfter(backMs, outputsOff), { noticedMs, backMs, outputsOff })
  } finally {
    await pull?.(false)
    await plc.force(coil, false)
  }
}

function troubleAfter(backMs: number, outputsOff: boolean | null): LinkTrouble | null {
  if (outputsOff === null) return 'outputsUnknown'
  if (!outputsOff) return 'outputsOn'
  return backMs > backWithinMs ? 'late' : null
}

const isLost = ({ status }: Health): boolean => status === 'failure'
const isBack = ({ status }: Health): boolean => status === 'ok'

/** Monotonic ms at which it was so, or null. */
async function untilHealth(plc: PlcPort, clock: ClockPort, isWanted: (health: Health) => boolean, patienceMs: number, signal: AbortSignal): Promise<number | null> {
  const seen = new AbortController()
  let atMs: number | null = null
  const look = (health: Health): void => {
    if (atMs !== null || !isWanted(health)) return
    atMs = clock.monotonicMs()
    seen.abort()
  }
  const stop = plc.onHealth(look)
  look(plc.health())
  await clock.sleep(patienceMs, AbortSignal.any([seen.signal, signal]))
  stop()
  return atMs
}

async function readsOff(plc: PlcPort, coil: number): Promise<boolean | null> {
  const rows = await plc.registers()
  const value = rows.ok ? rows.value.find((row) => row.space === 'coil' && row.address === coil)?.value : null
  return value === null || value === undefined ? null : value === 0
}
