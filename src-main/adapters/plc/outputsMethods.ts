import { fault, type Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { LineInput, OutputOrder, RegisterRow, StationStatus, TrackedPart } from '../../domain/lineSignals.ts'
import type { Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'
import type { LaneContext } from '../lane/lane.ts'

/** How often the main loop says that it lives. */
export const beatMs = 50

/** A main loop that says nothing for longer than this decides nothing either. Leaves 200 ms of the 500 ms for writing the coils off. */
export const silentAfterMs = 300

/** How soon a main loop that speaks again is looked at anew. */
const silentTurnMs = 25

/** What the outputs process tells without being asked. */
export type OutputsNote =
  | { readonly health: Health }
  | { readonly coil: number; readonly isOn: boolean }
  | { readonly input: LineInput }

/** The process's side of `lanePlc`. A type, not an interface: it is handed to `serveLane` as a record of methods. */
export type OutputsMethods = {
  beat(argument: null): Promise<null>
  /** Notes from now on; its answer never comes. */
  watch(argument: null, context: LaneContext): Promise<never>
  /** Traffic until the caller has heard enough. */
  watchTraffic(argument: null, context: LaneContext): Promise<null>
  open(wiring: LineWiring): Promise<Result<void>>
  track(part: TrackedPart): Promise<null>
  /** Both processes read the same monotonic clock, so times in the order mean the same here. */
  drive(order: OutputOrder): Promise<OutputReceipt>
  tell(status: StationStatus): Promise<null>
  registers(argument: null): Promise<Result<readonly RegisterRow[]>>
  force(request: { readonly coil: number; readonly isOn: boolean }): Promise<Result<void>>
  setFault(request: { readonly name: string; readonly isOn: boolean }): Promise<null>
  makeSafe(argument: null): Promise<Result<void>>
  close(argument: null): Promise<null>
}

/**
 * Serves one PLC port to the main loop, and makes its outputs safe when the main loop falls silent. `priority` says once how exact
 * the times are that this process can keep.
 */
export function outputsMethods(plc: PlcPort, clock: ClockPort, priority: Promise<string>): OutputsMethods {
  const watchers = new Set<LaneContext>()
  let heardMs = clock.monotonicMs()
  let silence: Fault | null = null
  let timing = 'real-time priority not known yet'

  const health = (): Health => {
    if (silence) return { status: 'failure', detail: `${silence.code}: ${silence.detail}` }
    const { status, detail } = plc.health()
    return { status, detail: status === 'ok' ? `${detail}, ${timing}` : detail }
  }
  const tell = (note: OutputsNote): void => { for (const watcher of watchers) watcher.notify(note) }
  const tellHealth = (): void => { tell({ health: health() }) }
  plc.onHealth(tellHealth)
  plc.onCoil((coil, isOn) => { tell({ coil, isOn }) })
  plc.onInput((input) => { tell({ input }) })
  void priority.then((found) => {
    timing = found
    tellHealth()
  })

  function hear(): void {
    heardMs = clock.monotonicMs()
    if (!silence) return
    silence = null
    tellHealth()
  }

  const isSilent = (): boolean => clock.monotonicMs() - heardMs >= silentAfterMs

  async function listen(): Promise<never> {
    for (;;) {
      await clock.sleep(Math.max(heardMs + silentAfterMs - clock.monotonicMs(), silentTurnMs))
      // When this process was held up itself, beats are waiting to be read.
      if (isSilent()) await new Promise((resolve) => { setImmediate(resolve) })
      if (silence || !isSilent()) continue
      silence = fault('station/interrupted', `the main loop was silent for ${silentAfterMs} ms`, { limit: silentAfterMs })
      tellHealth()
      await plc.makeSafe()
    }
  }
  void listen()

  return {
    async beat() {
      hear()
      return null
    },
    watch(_, context) {
      watchers.add(context)
      context.notify({ health: health() } satisfies OutputsNote)
      return new Promise(() => undefined)
    },
    async open(wiring) {
      const [opened] = await Promise.all([plc.open(wiring), priority])
      return opened
    },
    watchTraffic(_, context) {
      const stop = plc.onTraffic((entry) => { context.notify(entry) })
      return new Promise((resolve) => {
        context.signal.addEventListener('abort', () => {
          stop()
          resolve(null)
        }, { once: true })
      })
    },
    async track(part) {
      hear()
      plc.track(part)
      return null
    },
    drive(order) {
      hear()
      return plc.drive(order)
    },
    async tell(status) {
      hear()
      plc.tell(status)
      return null
    },
    registers: () => plc.registers(),
    force: ({ coil, isOn }) => plc.force(coil, isOn),
    async setFault({ name, isOn }) {
      await plc.simulation?.setFault(name, isOn)
      return null
    },
    makeSafe: () => plc.makeSafe(),
    async close() {
      await plc.close()
      return null
    },
  }
}
