import { Worker } from 'node:worker_threads'
import { threadChannel } from './channels.ts'
import { openLane, type Lane } from './lane.ts'

export interface Thread {
  call<T>(method: string, argument: unknown): Promise<T>
  close(): Promise<void>
}

/**
 * A lane over a worker thread that is started by the first call and, should it die, anew by the next one; the calls in flight
 * reject. After `close` every call rejects.
 */
export function openThread(name: string, entry: URL): Thread {
  let running: { readonly worker: Worker; readonly lane: Lane } | undefined
  let isClosed = false

  const start = (): Lane => {
    const worker = new Worker(entry, { name })
    const lane = openLane(threadChannel(worker))
    let cause = `the ${name} thread has ended`
    worker.on('error', (error: Error) => { cause = `the ${name} thread has died: ${error.message}` })
    worker.on('exit', () => {
      if (running?.worker === worker) running = undefined
      lane.fail(cause)
    })
    running = { worker, lane }
    return lane
  }

  return {
    call: (method, argument) =>
      isClosed ? Promise.reject(new Error(`the ${name} thread is closed`)) : (running?.lane ?? start()).call(method, argument),
    async close() {
      isClosed = true
      await running?.worker.terminate()
    },
  }
}
