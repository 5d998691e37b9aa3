import type { InspectionId } from '../domain/ids.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import { succeed, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'

const commits = 100

/** Durable records per second, one after the other as a line makes them: copies of a real part with its real image. */
export async function measureCommits(part: ClosedInspection, evidence: EvidencePort, clock: ClockPort): Promise<Result<number>> {
  const image = await evidence.image(part.resultId)
  if (!image.ok) return image
  const { receipt: _receipt, ...inspection } = part
  const startedMs = clock.monotonicMs()
  for (let i = 0; i < commits; i++) {
    const copy = { ...inspection, resultId: clock.newId() as InspectionId, sourceKey: `copy ${i} of ${part.resultId}` }
    const recorded = await evidence.record(copy, image.value)
    if (!recorded.ok) return recorded
  }
  return succeed((commits * 1000) / (clock.monotonicMs() - startedMs))
}
