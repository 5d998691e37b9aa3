import { availableParallelism } from 'node:os'
import { fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { inferenceThreads } from '../../domain/inference.ts'
import { fail, type Result } from '../../domain/result.ts'
import type { RawDetections, RawScore } from '../../domain/verdict.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LoadedModel, ModelPort } from '../../ports/model.ts'
import { forkInference, type InferenceLife } from './inferenceLife.ts'
import type { LoadArgument } from './inferenceMethods.ts'

export interface OnnxModelOptions {
  /** The file that the child process runs: `hosts/inferenceProcess`. */
  readonly entry: URL
  readonly clock: ClockPort
  /** Execution providers of onnxruntime in order of preference; the first that opens a model serves it. */
  readonly providers?: readonly string[]
  /** Of the build of onnxruntime to use; the one from npm where there is none. */
  readonly bindingPath?: string
  readonly threads?: number
}

/** Some providers build an engine when a model is loaded, which may take minutes. */
const loadDeadlineMs = 300_000
const firstBackOffMs = 100
const longestBackOffMs = 10_000
/** A process that lived this long did not end because of how it was started. */
const steadyAfterMs = 60_000

interface KeptModel {
  readonly bytes: Uint8Array
  readonly loading: Promise<Result<LoadedModel>>
}

/**
 * ModelPort over onnxruntime in a child process, forked at once and kept alive until `close`. A process that misses a deadline is
 * taken for hung and killed. One that ended is forked again at once, then after 100 ms, doubling to 10 s while it keeps ending.
 */
export function onnxModel({ entry, clock, providers = ['cpu'], bindingPath, threads = inferenceThreads(availableParallelism()) }: OnnxModelOptions): ModelPort {
  const fork = (): InferenceLife => forkInference(entry, bindingPath === undefined ? [] : [bindingPath])
  const kept = new Map<Sha256, KeptModel>()
  const serving = new Map<Sha256, LoadedModel>()
  const listeners = new Set<(health: Health) => void>()
  const closing = new AbortController()
  let health: Health = { status: 'waiting', detail: 'no model is loaded' }
  let life = fork()
  let isServing = true

  const announce = (status: Health['status'], detail: string): void => {
    if (status === health.status && detail === health.detail) return
    health = { status, detail }
    for (const listener of listeners) listener(health)
  }
  const usedProviders = (): readonly string[] => [...new Set([...serving.values()].map((model) => model.provider))].sort()
  const announceServing = (): void => {
    if (serving.size === 0) {
      announce('waiting', 'no model is loaded')
      return
    }
    const passedOver = [...new Set([...serving.values()].flatMap((model) => model.passedOver))]
    const loaded = `${serving.size} loaded, on ${usedProviders().join(' and ')} with ${threads} threads`
    if (passedOver.length === 0) announce('ok', loaded)
    else announce('maintenance', `${loaded}; ${passedOver.join('; ')}`)
  }

  /** Answers by the deadline, or ends the process: only that frees it from a run that hangs. */
  const ask = async <T>(method: string, argument: unknown, deadlineMs: number): Promise<Result<T>> => {
    const asked = life
    const answered = new AbortController()
    try {
      const late = clock.sleep(deadlineMs, answered.signal).then(() => undefined)
      const answer = await Promise.race([asked.ask<T>(method, argument), late])
      if (answer) return answer
    } finally {
      answered.abort()
    }
    asked.kill()
    return fail(fault('model/timeout', `inference gave no answer to ${method} within ${deadlineMs} ms`, { limit: deadlineMs }))
  }
  const loadIntoProcess = async (sha256: Sha256, bytes: Uint8Array): Promise<Result<LoadedModel>> => {
    const loaded = await ask<LoadedModel>('load', { sha256, bytes, settings: { providers, threads } } satisfies LoadArgument, loadDeadlineMs)
    if (loaded.ok) serving.set(sha256, loaded.value)
    return loaded
  }
  const loadAgain = async (): Promise<void> => {
    const born = life
    for (const [sha256, { bytes }] of kept) {
      const loaded = await loadIntoProcess(sha256, bytes)
      if (life !== born) return
      if (!loaded.ok) {
        announce('failure', `a model cannot be loaded again: ${loaded.fault.detail}`)
        born.kill()
        return
      }
    }
    isServing = true
    announceServing()
  }
  const keepAlive = async (): Promise<void> => {
    for (let failures = 0; ; failures++) {
      const bornMs = clock.monotonicMs()
      const why = await life.ended
      isServing = false
      serving.clear()
      if (closing.signal.aborted) return
      if (clock.monotonicMs() - bornMs >= steadyAfterMs) failures = 0
      const waitMs = failures === 0 ? 0 : Math.min(firstBackOffMs * 2 ** (failures - 1), longestBackOffMs)
      announce('failure', `${why}; it is started again in ${waitMs} ms`)
      await clock.sleep(waitMs, closing.signal)
      if (closing.signal.aborted) return
      life = fork()
      void loadAgain()
    }
  }
  const done = keepAlive()

  return {
    load(sha256, bytes) {
      if (!isServing) return Promise.resolve(fail(fault('model/unavailable', health.detail)))
      const known = kept.get(sha256)
      if (known) return known.loading
      const loading = loadIntoProcess(sha256, bytes).then((loaded) => {
        if (loaded.ok) announceServing()
        else kept.delete(sha256)
        return loaded
      })
      kept.set(sha256, { bytes, loading })
      return loading
    },
    async unloadAll() {
      kept.clear()
      await ask('unloadAll', undefined, loadDeadlineMs)
      serving.clear()
      if (isServing) announceServing()
    },
    async run(crops, deadlineMs) {
      if (!isServing) return fail(fault('model/unavailable', health.detail))
      return ask<readonly RawScore[]>('run', crops, deadlineMs)
    },
    async detect(crops, deadlineMs) {
      if (!isServing) return fail(fault('model/unavailable', health.detail))
      return ask<readonly RawDetections[]>('detect', crops, deadlineMs)
    },
    providers: () => (isServing ? usedProviders() : []),
    health: () => health,
    onHealth(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closing.abort()
      life.kill()
      await done
      announce('failure', 'the model is closed')
    },
  }
}
