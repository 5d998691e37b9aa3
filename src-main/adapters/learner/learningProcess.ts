import { once } from 'node:events'
import { fault } from '../../domain/fault.ts'
import { fail, type Result } from '../../domain/result.ts'
import { forkLane, processChannel } from '../lane/channels.ts'
import { openLane, type Lane } from '../lane/lane.ts'

export interface LearningProcess {
  /** `hosts/learnerProcess`. */
  readonly entry: URL
  /** The build of onnxruntime to use where it is not the one from npm. */
  readonly bindingPath?: string | undefined
}

/**
 * Does `work` with a learning process that lives as long as it. Aborting ends that process, which holds all there is of the work:
 * learning/cancelled. One that dies otherwise rejects; nothing expected makes it do so.
 */
export async function withLearningProcess<T>({ entry, bindingPath }: LearningProcess, signal: AbortSignal, work: (lane: Lane) => Promise<Result<T>>): Promise<Result<T>> {
  if (signal.aborted) return cancelled
  const child = forkLane(entry, bindingPath === undefined ? [] : [bindingPath])
  const lane = openLane(processChannel(child))
  const ended = once(child, 'exit').then(
    ([code, killedBy]: (string | number | null)[]) => { lane.fail(`the learning process ended (${killedBy ?? `code ${code}`})`) },
    (error: unknown) => { lane.fail(`the learning process cannot be started (${String(error)})`) },
  )
  const kill = (): void => { child.kill('SIGKILL') }
  signal.addEventListener('abort', kill, { once: true })
  try {
    const done = await work(lane)
    return signal.aborted ? cancelled : done
  } catch (error) {
    if (!signal.aborted) throw error
    return cancelled
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
    await ended
  }
}

const cancelled = fail(fault('learning/cancelled', 'learning was cancelled'))
