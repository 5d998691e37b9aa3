import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { forkLane, processChannel } from '../../adapters/lane/channels.ts'
import { openLane, serveLane } from '../../adapters/lane/lane.ts'
import type { Result } from '../../domain/result.ts'
import { helperEntry } from '../appPaths.ts'
import type { JudgedNote, JudgedStart, JudgeMethods } from './judgedMethods.ts'

/** Pulses, receipts and the last commit take some tenths of a second. */
const stopWithinMs = 10_000

/** One life of the judged station's process. */
export interface JudgedLife {
  clear(): void
  holdUp(ms: number): void
  signal(name: NodeJS.Signals): void
  /** Ends it in order, or kills it when that takes too long; false then. */
  stop(): Promise<boolean>
  /** Resolves when the process is gone. */
  readonly ended: Promise<unknown>
}

/** Starts the station's process on its data; `trouble` hears why it could not. */
export function beginJudgedLife(start: JudgedStart, judge: JudgeMethods, hear: (note: JudgedNote) => void, trouble: (why: string) => void): JudgedLife {
  const child = forkLane(helperEntry('judgedStation'))
  const channel = processChannel(child)
  const lane = openLane(channel)
  serveLane(channel, judge)
  const ended = once(child, 'exit').then(() => { lane.fail('the judged station has ended') })
  const gone = (): undefined => undefined
  void lane.call('watch', null, { onNote: hear }).catch(gone)
  void lane.call<Result<null>>('start', start).then((started) => { if (!started.ok) trouble(started.fault.detail) }).catch(gone)
  return {
    ended,
    clear: () => { void lane.call('clear', null).catch(gone) },
    holdUp: (ms) => { void lane.call('holdUp', ms).catch(gone) },
    signal: (name) => { child.kill(name) },
    async stop() {
      const inOrder = await Promise.race([lane.call('stop', null).then(() => true, () => false), wait(stopWithinMs, false)])
      child.kill('SIGKILL')
      await ended
      return inOrder
    },
  }
}
