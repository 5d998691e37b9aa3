import type { Alignment, AlignmentLesson, Pose } from '../domain/alignment.ts'
import { fault } from '../domain/fault.ts'
import type { Frame } from '../domain/frame.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { AlignmentSpread, BaselineFrame, DraftAlignment } from '../station/commissioning/draft.ts'
import type { ReportProgress } from './jobs.ts'
import { openBaselineFrame } from './openBaselineFrame.ts'

interface AlignmentRoom {
  readonly camera: CameraPort | null
  readonly evidence: Pick<EvidencePort, 'fetch'>
  readonly pixels: PixelsPort
  readonly maxPixels: number
}

/**
 * Teaches alignment from the picture that the camera shows, which regions are drawn on, or else from the first good part; then finds the
 * part again in every good part. Faults: those of `teachAlignment`, of opening a picture, and learning/cancelled.
 */
export async function teachDraftAlignment(lesson: AlignmentLesson, baseline: readonly BaselineFrame[], room: AlignmentRoom, report: ReportProgress, signal: AbortSignal): Promise<Result<DraftAlignment>> {
  const golden = await goldenFrame(baseline, room)
  const taught = golden.ok ? await room.pixels.teachAlignment(golden.value.image, lesson) : golden
  if (!taught.ok) return taught
  const spread = await measureSpread(taught.value, baseline, room, report, signal)
  return spread.ok ? succeed({ taught: taught.value, spread: spread.value }) : spread
}

async function goldenFrame([first]: readonly BaselineFrame[], room: AlignmentRoom): Promise<Result<Frame>> {
  const shown = await room.camera?.preview()
  if (shown) return shown.ok ? room.pixels.open(shown.value, room.maxPixels) : shown
  return first ? openBaselineFrame(first, room) : fail(fault('camera/timeout', 'there is no picture to teach alignment from'))
}

async function measureSpread(alignment: Alignment, baseline: readonly BaselineFrame[], room: AlignmentRoom, report: ReportProgress, signal: AbortSignal): Promise<Result<AlignmentSpread | null>> {
  const found: Pose[] = []
  for (const [i, frame] of baseline.entries()) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'teaching alignment was cancelled'))
    const opened = await openBaselineFrame(frame, room)
    if (!opened.ok) return opened
    const pose = await room.pixels.align(opened.value.image, alignment)
    if (pose.ok) found.push(pose.value)
    report({ done: (i + 1) / baseline.length, stage: 'aligning' })
  }
  if (baseline.length === 0) return succeed(null)
  return succeed({
    frames: baseline.length,
    found: found.length,
    shiftSdPx: Math.hypot(deviationOf(found.map(({ dxPx }) => dxPx)), deviationOf(found.map(({ dyPx }) => dyPx))),
    rotationSdDeg: deviationOf(found.map(({ rotationDeg }) => rotationDeg)),
    lowestScore: found.length === 0 ? 0 : Math.min(...found.map(({ score }) => score)),
  })
}

/** Sample standard deviation; 0 for fewer than two. */
function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
