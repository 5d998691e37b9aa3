import type { Alignment } from '../domain/alignment.ts'
import { fault } from '../domain/fault.ts'
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
}

/** No part of the line waits for these. */
const scoringDeadlineMs = 10_000

/** Scores known-bad parts with the sealed models that will judge the line; learning/cancelled when aborted, with what was scored kept. */
export async function scoreKnownBad(pending: readonly PendingPart[], room: ScoringRoom, report: ReportProgress, signal: AbortSignal): Promise<Result<null>> {
  for (const sha256 of new Set(pending.flatMap(({ regions }) => regions.map(({ model }) => model.sha256)))) {
    const bytes = await room.evidence.fetch('model', sha256)
    const loaded = bytes.ok ? await room.model.load(sha256, bytes.value) : bytes
    if (!loaded.ok) return loaded
  }
  for (const [i, part] of pending.entries()) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'scoring the known-bad parts was cancelled'))
    const scores = await scorePart(part, room)
    const kept = scores.ok ? await room.keep(scores.value) : scores
    if (!kept.ok) return kept
    report({ done: (i + 1) / pending.length, stage: 'scoring' })
  }
  return succeed(null)
}

async function scorePart({ part, regions }: PendingPart, { evidence, pixels, model, maxPixels, frameSize, alignment }: ScoringRoom): Promise<Result<readonly KnownBadScore[]>> {
  const bytes = await evidence.fetch('baseline', part.id)
  const frame = bytes.ok ? await pixels.open(storedCapture({ bytes: bytes.value, mediaType: part.mediaType }), maxPixels) : bytes
  if (!frame.ok) return frame
  const { image } = frame.value
  if (image.widthPx !== frameSize.widthPx || image.heightPx !== frameSize.heightPx)
    return fail(fault('frame/wrongSize', `known-bad part "${part.kind}" is ${image.widthPx}×${image.heightPx} px and not ${frameSize.widthPx}×${frameSize.heightPx} px; remove it`))
  const pose = alignment && await pixels.align(image, alignment)
  if (pose && !pose.ok) return fail({ ...pose.fault, detail: `known-bad part "${part.kind}" is never judged, and so never accepted: ${pose.fault.detail}; remove it` })
  const raw = await model.run(await pixels.cut(image, regions, pose?.value), scoringDeadlineMs)
  return raw.ok ? succeed(raw.value.map(({ regionId, model: by, score }) => ({ partId: part.id, regionId, model: by, score }))) : raw
}
