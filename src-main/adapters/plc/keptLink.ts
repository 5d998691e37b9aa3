import { fault, type Fault } from '../../domain/fault.ts'
import type { Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CoilLink } from './coilLink.ts'
import { taskQueue } from './taskQueue.ts'

const backOffMs = { first: 100, last: 1_500 }

/**
 * Waits between attempts to connect: doubling from 0.1 s to 1.5 s, of which a random half is taken off so that several stations
 * do not knock together. With a connect timeout of 1 s a link that returns is up again within 3 s.
 */
export const reconnectWaitMs = (attempt: number, random: number): number =>
  Math.min(backOffMs.last, backOffMs.first * 2 ** attempt) * (1 - random / 2)

export interface LinkDuties {
  /** Before anybody else uses a connection that has just come up. */
  prepare(): Promise<Result<void>>
  /** It is up and prepared; work that lives as long as the connection ends with the signal. */
  onUp(signal: AbortSignal): void
  onLost(reason: Fault): void
}

/** Keeps one link up from `open` to `close`, whatever happens to it. */
export interface KeptLink {
  /** Also when it is up already. `before` is called when nothing else opens or closes it. */
  open(before: () => Promise<void>): Promise<Result<void>>
  close(): Promise<void>
  /** Why there is no connection, or null when there is one. */
  lost(): Fault | null
  isOpened(): boolean
}

/** `random` gives 0–1. */
export function keptLink(link: CoilLink, clock: ClockPort, random: () => number, { prepare, onUp, onLost }: LinkDuties): KeptLink {
  const establishing = taskQueue()
  let lost: Fault | null = fault('plc/unreachable', 'the PLC has not been opened')
  let isOpened = false
  let retrying: AbortController | undefined
  let up: AbortController | undefined
  link.onLost(lose)

  function lose(reason: Fault): void {
    if (!isOpened) return
    lost = reason
    up?.abort()
    onLost(reason)
    void keepConnecting()
  }

  async function establish(): Promise<Result<void>> {
    const connected = await link.connect()
    if (!connected.ok) {
      lose(connected.fault)
      return connected
    }
    const prepared = await prepare()
    if (!link.isConnected) return prepared
    lost = null
    up?.abort()
    up = new AbortController()
    onUp(up.signal)
    return prepared
  }

  async function keepConnecting(): Promise<void> {
    if (retrying) return
    const ours = new AbortController()
    retrying = ours
    for (let attempt = 0; lost && !ours.signal.aborted; attempt++) {
      await clock.sleep(reconnectWaitMs(attempt, random()), ours.signal)
      await establishing(async () => { if (lost && !ours.signal.aborted) await establish() })
    }
    if (retrying === ours) retrying = undefined
  }

  return {
    open: (before) =>
      establishing(async () => {
        await before()
        isOpened = true
        return establish()
      }),
    close: () =>
      establishing(async () => {
        isOpened = false
        lost = fault('plc/unreachable', 'the PLC has been closed')
        retrying?.abort()
        retrying = undefined
        up?.abort()
        link.drop(lost)
      }),
    lost: () => lost,
    isOpened: () => isOpened,
  }
}
