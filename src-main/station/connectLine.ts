import type { LineInput } from '../domain/lineSignals.ts'
import { DeviceMender } from './mendDevices.ts'
import type { PartFlow } from './partFlow.ts'
import type { OwnTriggers } from './triggers/ownTriggers.ts'

export interface ConnectedStation {
  onInput(input: LineInput): void
  checkReadiness(): void
  isCameraOpen(): boolean
  /** Whether triggers that the station makes itself are wanted now. */
  isTicking(): boolean
  tell(): void
}

const healthIntervalMs = 1_000
const tellEveryMs = 100

/** The line is heard and told, and its devices are looked after, until the answer is called. */
export function connectLine(flow: PartFlow, ownTriggers: OwnTriggers, station: ConnectedStation): () => void {
  const { plc, clock, recipe } = flow.line
  const connected = new AbortController()
  const { signal } = connected
  const unhear = [plc.onHealth(() => { station.checkReadiness() }), plc.onInput((input) => { station.onInput(input) })]

  /** The station's heartbeat: it comes from the loop that decides, and stops with it. */
  async function tell(): Promise<void> {
    for (; !signal.aborted; await clock.sleep(tellEveryMs, signal)) station.tell()
  }

  async function watchHealth(): Promise<void> {
    const mender = new DeviceMender()
    for (;;) {
      await clock.sleep(healthIntervalMs, signal)
      if (signal.aborted) return
      await mender.mend(flow.line, !station.isCameraOpen())
      station.checkReadiness()
    }
  }

  void tell()
  void watchHealth()
  const trigger = recipe.line?.trigger
  if (trigger?.kind === 'interval') void ownTriggers.tick(trigger.everyMs, () => station.isTicking(), (part) => { flow.announce(part) }, signal)

  return () => {
    connected.abort()
    for (const stop of unhear) stop()
  }
}
