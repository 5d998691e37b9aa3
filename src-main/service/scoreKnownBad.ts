import type { Alignment } from '../domain/alignment.ts'
import { fault, type Fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { DraftCamera, KnownBadScore } from '../station/commissioning/draft.ts'
import type { PendingPart } from '../station/commissioning/knownBad.ts'
import { storedCapture } from '../station/storedCapture.ts'
import type { ReportProgress } from './jobs.ts'

export interface ScoringRoom {
  readonly evidence: Pick<EvidencePort, 'fetch'>
  readonly pixels: Pick<PixelsPort, 'open' | 'align' | 'cut'>
  readonly model: Pick<ModelPort, 'load' | 'run'>
  readonly maxPixels: number
  readonly frameSize: DraftCamera['frameSize']
  readonly alignment: Alignment | undefined
  /** Called after each part, so that Cancel or a kill loses none that was scored. */
  readonly keep: (scores: readonly KnownBadScore[]) => Promise<Result<null>>
  /** The picture of this part has trouble of its own: it is not found in it, or cannot be read. */
  readonly refuse: (part: Sha256, why: Fault) => Promise<Result<null>>
}

/** No part of the line waits for these. */
const scoringDeadlineMs = 10_000

/**
 * Scores known-bad parts with the sealed models that will judge the line. A part whose picture has trouble is refused with its reason, and
 * the others go on. Faults: learning/cancelled when aborted, with what was scored kept; those of the store and of the inference process.
 */
export async function scoreKnownBad(pending: readonly PendingPart[], room: ScoringRoom, report: ReportProgress, signal: AbortSignal): Promise<Result<null>> {
  for (const sha256 of new Set(pending.flatMap(({ regions }) => regions.map(({ model }) => model.sha256)))) {
    const bytes = await room.evidence.fetch('model', sha256)
    const loaded = bytes.ok ? await room.model.load(sha256, bytes.value) : bytes
    if (!loaded.ok) return loaded
  }
  for (const [i, part] of pending.entries()) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'scoring the known-bad parts was cancelled'))
    const scores = await scorePart(part, room)
    const kept = scores.ok ? await room.keep(scores.value) : isOfPicture(scores.fault) ? await room.refuse(part.part.id, scores.fault) : scores
    if (!kept.ok) return kept
    report({ done: (i + 1) / pending.length, stage: 'scoring' })
  }
  return succeed(null)
}

const isOfPicture = ({ code }: Fault): boolean => code.startsWith('frame/')

async function scorePart({ part, regions }: PendingPart, { evidence, pixels, model, maxPixels, frameSize, alignment }: ScoringRoom): Promise<Result<readonly KnownBadScore[]>> {
  const bytes = await evidence.fetch('baseline', part.id)
  const frame = bytes.ok ? await pixels.open(storedCapture({ bytes: bytes.value, mediaType: part.mediaType }), maxPixels) : bytes
  if (!frame.ok) return frame
  const { image } = frame.value
  if (image.widthPx !== frameSize.widthPx || image.heightPx !== frameSize.heightPx)
    return fail(fault('frame/wrongSize', `it is ${image.widthPx}×${image.heightPx} px and not ${frameSize.widthPx}×${frameSize.heightPx} px`))
  const pose = alignment && await pixels.align(image, alignment)
  if (pose && !pose.ok) return pose
  const raw = await model.run(await pixels.cut(image, regions, pose?.value), scoringDeadlineMs)
  return raw.ok ? succeed(raw.value.map(({ regionId, model: by, score }) => ({ partId: part.id, regionId, model: by, score }))) : raw
}
