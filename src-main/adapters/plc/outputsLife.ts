import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { forkLane, processChannel } from '../lane/channels.ts'
import { openLane, type Lane } from '../lane/lane.ts'

/** One outputs process from its fork to its end. */
export interface OutputsLife {
  /** Its calls reject from the moment the process is gone. */
  readonly lane: Lane
  readonly isOver: boolean
  /** Resolves with why, once the process is gone. */
  readonly ended: Promise<string>
  kill(): void
}

export function outputsLife(child: ChildProcess): OutputsLife {
  const lane = openLane(processChannel(child))
  let isOver = false
  const ended = once(child, 'exit')
    .then(([code, signal]: (string | number | null)[]) => `the outputs process ended (${signal ?? `code ${code}`})`)
    .catch((error: unknown) => `the outputs process cannot be started (${String(error)})`)
    .then((why) => {
      isOver = true
      lane.fail(why)
      return why
    })
  return { lane, ended, get isOver() { return isOver }, kill: () => { child.kill('SIGKILL') } }
}

/**
 * Forks an outputs process; `args` are its target. V8's collector stays on the main thread: its helpers have no real-time priority, and a
 * main thread that never sleeps, awaiting a pulse, would wait for helpers that never get a core.
 */
export const forkOutputs = (entry: URL, ...args: readonly string[]): OutputsLife => outputsLife(forkLane(entry, args, ['--single-threaded-gc']))
