import { fork, type ChildProcess } from 'node:child_process'
import { parentPort, type Worker } from 'node:worker_threads'
import type { LaneChannel } from './lane.ts'

/** A thread of this process. SharedArrayBuffers cross without a copy. */
export const threadChannel = (worker: Worker): LaneChannel => ({
  post: (message) => { worker.postMessage(message) },
  onMessage: (listener) => { worker.on('message', listener) },
})

/** A child process. `serialization: 'advanced'` keeps typed arrays; 768 kB there and back takes under 1 ms. */
export const processChannel = (child: ChildProcess): LaneChannel => ({
  // A child that ends while a message is on its way is heard of by its `exit`; without a listener here the failed write would be thrown.
  post: (message) => { if (child.connected) child.send(message as object, () => undefined) },
  onMessage: (listener) => { child.on('message', listener) },
})

/** Without the main process's own flags of V8: what suits a small heap does not suit a helper's work. `flags` are the helper's own. */
export const forkLane = (entry: URL, args: readonly string[] = [], flags: readonly string[] = []): ChildProcess =>
  fork(entry, [...args], { execArgv: [...flags], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })

/** The inside of a helper: whichever of thread or child process this code runs in. */
export const ownChannel = (): LaneChannel => {
  if (parentPort) {
    const port = parentPort
    return { post: (message) => { port.postMessage(message) }, onMessage: (listener) => { port.on('message', listener) } }
  }
  return {
    // A parent that has gone is found by `disconnect`; that one more message did not reach it is no bug.
    post: (message) => { if (process.connected) process.send?.(message, undefined, undefined, () => undefined) },
    onMessage: (listener) => { process.on('message', listener) },
  }
}
