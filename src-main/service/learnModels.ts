import { cardName, type ModelCard } from '../domain/modelCard.ts'
import { succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { EnrolledRegion, LearnerPort } from '../ports/learner.ts'
import type { PatchPort } from '../ports/patches.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { BaselineFrame, LearntRegion } from '../station/commissioning/draft.ts'
import type { ReportProgress } from './jobs.ts'
import { openBaselineFrame } from './openBaselineFrame.ts'
import { rememberPatches } from './rememberPatches.ts'
import { teachRegions, type Lesson } from './teachRegions.ts'

export interface Classroom {
  readonly evidence: EvidencePort
  readonly pixels: PixelsPort
  readonly learner: LearnerPort
  readonly patches: PatchPort
  readonly maxPixels: number
}

/** Learning, against remembering what normal patches look like, in share of the whole. */
const learningShare = 0.85

/** Learns from the baseline in the store; models and their cards are kept before this resolves. */
export async function learnModels(frames: readonly BaselineFrame[], lesson: Omit<Lesson, 'pictures'>, room: Classroom, report: ReportProgress, signal: AbortSignal): Promise<Result<readonly LearntRegion[]>> {
  const pictures = frames.map((frame) => ({ name: `baseline picture ${frame.id.slice(0, 8)}`, open: () => openBaselineFrame(frame, room) }))
  const taught = await teachRegions({ ...lesson, pictures }, room, ({ done, ...progress }) => { report({ ...progress, done: done * learningShare }) }, signal)
  if (!taught.ok) return taught
  const { regions, crops } = taught.value
  const learnt: LearntRegion[] = []
  for (const [i, region] of regions.entries()) {
    const onDone = (share: number): void => { report({ done: learningShare + ((i + share) / regions.length) * (1 - learningShare), stage: 'remembering', etaSeconds: null }) }
    const kept = await keepRegion(region, frames, crops[i]!, room, onDone, signal)
    if (!kept.ok) return kept
    learnt.push(kept.value)
  }
  return succeed(learnt)
}

async function keepRegion({ modelBytes, ...region }: EnrolledRegion, frames: readonly BaselineFrame[], crops: readonly Uint8Array[], room: Classroom, onDone: (share: number) => void, signal: AbortSignal): Promise<Result<LearntRegion>> {
  const { sha256 } = region.model
  const kept = await room.evidence.keep('model', modelBytes)
  const patches = kept.ok ? await rememberPatches({ sha256, bytes: modelBytes }, crops, room, onDone, signal) : kept
  if (!patches.ok) return patches
  const card: ModelCard = { model: sha256, baseline: frames.map(({ id, mediaType }) => ({ id, mediaType })), latencyMs: region.latencyMs, patches: patches.value }
  const saved = await room.evidence.saveDocument(cardName(sha256), card)
  return saved.ok ? succeed(region) : saved
}
