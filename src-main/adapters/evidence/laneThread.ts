import { Worker } from 'node:worker_threads'
import { threadChannel } from '../lane/channels.ts'
import { openLane, type Lane } from '../lane/lane.ts'

/** A thread that serves a lane. */
export interface LaneThread {
  readonly lane: Lane
  /** Why the thread has ended; undefined while it lives. */
  ending(): string | undefined
  stop(): Promise<void>
}

/** Starts a thread and fails its lane when it ends, however that comes. `onEnd` hears of an end that nobody asked for. */
export function startThread(entry: URL, onEnd: (ending: string) => void): LaneThread {
  const worker = new Worker(entry)
  const lane = openLane(threadChannel(worker))
  let ending: string | undefined
  let isAsked = false
  const end = (reason: string): void => {
    if (ending !== undefined) return
    ending = reason
    lane.fail(reason)
    if (!isAsked) onEnd(reason)
  }
  worker.on('error', (error) => { end(`the evidence thread has died: ${String(error)}`) })
  worker.on('exit', (code) => { end(`the evidence thread has ended with ${code}`) })
  return {
    lane,
    ending: () => ending,
    async stop() {
      isAsked = true
      await worker.terminate()
    },
  }
}
