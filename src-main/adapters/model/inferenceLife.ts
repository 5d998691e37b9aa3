import { once } from 'node:events'
import { fault } from '../../domain/fault.ts'
import { fail, type Result } from '../../domain/result.ts'
import { forkLane, processChannel } from '../lane/channels.ts'
import { openLane } from '../lane/lane.ts'

/** One inference process from its fork to its end. */
export interface InferenceLife {
  /** model/unavailable when the process ends before it answers. */
  ask<T>(method: string, argument: unknown): Promise<Result<T>>
  /** Resolves with why, once the process is gone. */
  readonly ended: Promise<string>
  kill(): void
}

export function forkInference(entry: URL, args: readonly string[]): InferenceLife {
  const child = forkLane(entry, args)
  const lane = openLane(processChannel(child))
  let end: string | undefined
  const ended = once(child, 'exit')
    .then(([code, signal]: (string | number | null)[]) => `the inference process ended (${signal ?? `code ${code}`})`)
    .catch((error: unknown) => `the inference process cannot be started (${String(error)})`)
    .then((why) => {
      end = why
      lane.fail(why)
      return why
    })
  return {
    ended,
    kill: () => { child.kill('SIGKILL') },
    ask: <T>(method: string, argument: unknown) =>
      lane.call<Result<T>>(method, argument).catch((error: unknown) => {
        if (end === undefined) throw error
        return fail(fault('model/unavailable', end))
      }),
  }
}
