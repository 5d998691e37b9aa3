/** Runs asynchronous tasks one after the other, in the order they came. A task that throws rejects its own promise only. */
export type TaskQueue = <T>(task: () => Promise<T>) => Promise<T>

export function taskQueue(): TaskQueue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task)
    last = run.catch(() => undefined)
    return run
  }
}
