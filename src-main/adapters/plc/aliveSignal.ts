import type { ClockPort } from '../../ports/clock.ts'

/** After so long without a word from the station nobody decides: the coil goes off and stays off. */
const silentAfterMs = 500

/** Told more often than this, the coil keeps its beat: a relay must be able to follow. */
const shortestHalfMs = 50

export interface AliveSignal {
  /** The station lives: the coil changes. */
  beat(): void
  isHeard(): boolean
  stop(): void
}

/** A square wave that a watchdog relay follows, driven by whoever calls `beat` and by nothing else. `write` may take its time: a beat that comes meanwhile is left out. */
export function aliveSignal(write: (isOn: boolean) => Promise<unknown>, clock: ClockPort): AliveSignal {
  let isOn = false
  let changedMs = -Infinity
  let heardMs = -Infinity
  let isWriting = false
  let watching: AbortController | undefined

  async function change(to: boolean): Promise<void> {
    isOn = to
    changedMs = clock.monotonicMs()
    isWriting = true
    await write(to)
    isWriting = false
  }

  async function watch(signal: AbortSignal): Promise<void> {
    while (isHeard() && !signal.aborted) await clock.sleep(heardMs + silentAfterMs - clock.monotonicMs(), signal)
    if (signal.aborted) return
    watching = undefined
    if (isOn) await change(false)
  }

  const isHeard = (): boolean => clock.monotonicMs() - heardMs < silentAfterMs

  function stop(): void {
    watching?.abort()
    watching = undefined
    heardMs = -Infinity
    isOn = false
  }

  return {
    beat() {
      heardMs = clock.monotonicMs()
      if (!watching) {
        watching = new AbortController()
        void watch(watching.signal)
      }
      if (!isWriting && heardMs - changedMs >= shortestHalfMs) void change(!isOn)
    },
    isHeard,
    stop,
  }
}
