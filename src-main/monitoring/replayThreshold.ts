import { addTallies, emptyTally, type NewLine, type ReplayTally } from '../domain/replay.ts'
import { succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'

export interface Period {
  /** From this wall time on, ms since 1970. */
  readonly sinceMs?: number
  /** Up to and without this one. */
  readonly untilMs?: number
}

/**
 * What another line would have made of the parts of a period. The store counts a page at a time, so that parts of a running line are
 * recorded in between; an aborted signal ends it with what was counted so far.
 */
export async function replayThreshold(evidence: Pick<EvidencePort, 'replay'>, line: NewLine, period: Period, signal?: AbortSignal): Promise<Result<ReplayTally>> {
  let tally = emptyTally
  for (let after: number | null = 0; after !== null && !signal?.aborted; ) {
    const page = await evidence.replay({ line, ...period, after })
    if (!page.ok) return page
    tally = addTallies(tally, page.value.tally)
    after = page.value.next
  }
  return succeed(tally)
}
