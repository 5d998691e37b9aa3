import type { Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LearnerPort } from '../ports/learner.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { BaselineFrame, LearntRegion } from '../station/commissioning/draft.ts'
import type { ReportProgress } from './jobs.ts'
import { openBaselineFrame } from './openBaselineFrame.ts'
import { teachRegions, type Lesson } from './teachRegions.ts'

export interface Classroom {
  readonly evidence: EvidencePort
  readonly pixels: PixelsPort
  readonly learner: LearnerPort
  readonly maxPixels: number
}

/** Learns from the baseline in the store; the models are kept under their hash before this resolves. */
export async function learnModels(frames: readonly BaselineFrame[], lesson: Omit<Lesson, 'pictures'>, room: Classroom, report: ReportProgress, signal: AbortSignal): Promise<Result<readonly LearntRegion[]>> {
  const pictures = frames.map((frame) => ({ name: `baseline picture ${frame.id.slice(0, 8)}`, open: () => openBaselineFrame(frame, room) }))
  const taught = await teachRegions({ ...lesson, pictures }, room, report, signal)
  if (!taught.ok) return taught
  const learnt: LearntRegion[] = []
  for (const { modelBytes, ...region } of taught.value.regions) {
    const kept = await room.evidence.keep('model', modelBytes)
    if (!kept.ok) return kept
    learnt.push(region)
  }
  return { ok: true, value: learnt }
}
