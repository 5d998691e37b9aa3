import { fault } from '../domain/fault.ts'
import { fail, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { JobView } from '../../src-preload/contract/views.ts'

export type JobKind = JobView['kind']

/** `done` is 0–1; without an ETA of its own the job gets one from its pace so far. */
export type ReportProgress = (progress: { readonly done: number; readonly stage: string; readonly etaSeconds?: number | null }) => void

/** Long work: one at a time, with progress and Cancel. A job that is cancelled or fails leaves the state before it. */
export class Jobs {
  readonly #clock: ClockPort
  readonly #onChange: () => void
  #current: { view: JobView; readonly abort: AbortController } | null = null

  constructor(clock: ClockPort, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  get views(): JobView[] { return this.#current ? [this.#current.view] : [] }
  get isBusy(): boolean { return this.#current !== null }

  async run(kind: JobKind, work: (report: ReportProgress, signal: AbortSignal) => Promise<Result<null>>): Promise<Result<null>> {
    if (this.#current) return fail(fault('request/wrongMode', `${this.#current.view.kind} is still under way`))
    const abort = new AbortController()
    const startedMs = this.#clock.monotonicMs()
    const view: JobView = { id: this.#clock.newId(), kind, done: 0, etaSeconds: null, stage: kind }
    const job = (this.#current = { view, abort })
    this.#onChange()
    const report: ReportProgress = ({ done, stage, etaSeconds }) => {
      const elapsed = (this.#clock.monotonicMs() - startedMs) / 1000
      const paced = done > 0.05 ? (elapsed * (1 - done)) / done : null
      job.view = { ...job.view, done: Math.min(1, done), stage, etaSeconds: etaSeconds === undefined ? paced : etaSeconds }
      this.#onChange()
    }
    try {
      return await work(report, abort.signal)
    } finally {
      this.#current = null
      this.#onChange()
    }
  }

  cancel(id: string): Result<null> {
    if (this.#current?.view.id !== id) return fail(fault('request/notFound', `no job ${id}`))
    this.#current.abort.abort()
    return { ok: true, value: null }
  }

  cancelAll(): void { this.#current?.abort.abort() }
}
