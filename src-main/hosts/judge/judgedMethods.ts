import type { Result } from '../../domain/result.ts'
import type { ClosedInspection } from '../../domain/inspection.ts'
import type { LaneContext } from '../../adapters/lane/lane.ts'
import type { JudgedCourse } from './judgedRecipe.ts'

export interface JudgedStart {
  readonly course: JudgedCourse
  readonly dataDir: string
  readonly plcTarget: string
}

/** What the judged station says of itself; the judge believes none of it without the witness and the database. */
export type JudgedNote =
  | { readonly kind: 'state'; readonly name: string; readonly why: string; readonly stop: string; readonly isLinked: boolean }
  | { readonly kind: 'closed'; readonly monotonicMs: number; readonly receiptFault: string | null }

/** The judge's calls to the station's process. A type, not an interface: it is handed to `serveLane` as a record of methods. */
export type JudgedMethods = {
  /** Notes from now on; its answer never comes. */
  watch(argument: null, context: LaneContext): Promise<never>
  start(options: JudgedStart): Promise<Result<null>>
  /** The operator clears whatever is latched. */
  clear(argument: null): Promise<null>
  /** Holds the process's loop up, as a bug would. */
  holdUp(ms: number): Promise<null>
  /** Every part under way is finished, the outputs are off, the evidence is closed. */
  stop(argument: null): Promise<null>
}

/** The station's calls to the judge: what is before the camera now. */
export type JudgeMethods = {
  look(argument: null): Promise<Uint8Array>
}

export const closedNote = ({ monotonicMs, receipt }: ClosedInspection): JudgedNote => ({ kind: 'closed', monotonicMs, receiptFault: receipt?.fault?.code ?? null })
