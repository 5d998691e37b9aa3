import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'

/** By how much an event loop was late, in ms. */
export interface Stall {
  readonly p99: number
  readonly max: number
}

const resolutionMs = 1

/** Watches this thread's loop from now on. */
export function watchLoop(): { stop(): Stall } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  return {
    stop() {
      delay.disable()
      return { p99: stallOf(delay.percentile(99)), max: stallOf(delay.max) }
    },
  }
}

/** The monitor's timer is late by what held up the loop; its own interval is no stall. */
const stallOf = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs)

/** Watches the loop of a thread that has nothing to do: the control of the measurement. */
export function watchIdleLoop(): { stop(): Promise<Stall> } {
  const worker = new Worker(idleLoop, { eval: true, workerData: resolutionMs })
  return {
    async stop() {
      const delays = new Promise<{ p99: number; max: number }>((resolve) => { worker.once('message', resolve) })
      worker.postMessage('stop')
      const { p99, max } = await delays
      return { p99: stallOf(p99), max: stallOf(max) }
    },
  }
}

const idleLoop = `
  const { parentPort, workerData } = require('node:worker_threads')
  const delay = require('node:perf_hooks').monitorEventLoopDelay({ resolution: workerData })
  delay.enable()
  parentPort.once('message', () => {
    delay.disable()
    parentPort.postMessage({ p99: delay.percentile(99), max: delay.max })
  })
`
