import { fault } from '../domain/fault.ts'
import type { PartTruth, Trigger } from '../domain/frame.ts'
import { fail, type Result } from '../domain/result.ts'
import type { CameraPort, SimulatedCameraPort } from '../ports/camera.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { deadlines } from '../station/line.ts'
import type { BaselineFrame } from '../station/commissioning/draft.ts'
import type { ReportProgress } from './jobs.ts'

export interface PartSource {
  readonly camera: CameraPort
  readonly pixels: PixelsPort
  readonly evidence: EvidencePort
  readonly maxPixels: number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** What a simulated world is told to supply meanwhile. */
  readonly supply: 'good' | 'defective'
  /** Triggers whose part was taken already. */
  readonly isTaken: (trigger: Trigger) => boolean
  readonly keep: (frame: BaselineFrame, truth: PartTruth | undefined) => Promise<Result<null>>
}

export const isSimulated = (camera: CameraPort): camera is SimulatedCameraPort => camera.isSimulated && 'controls' in camera

/** A line that gives no part for so long stands still, or the folder holds no more pictures. */
const patienceMs = 10_000

/**
 * Takes `count` parts as they come past the camera and keeps their original bytes. Frames that cannot be opened are passed over;
 * when no more parts come, or on Cancel, what was taken stays.
 */
export async function captureParts(count: number, source: PartSource, report: ReportProgress, signal: AbortSignal): Promise<Result<null>> {
  const { camera } = source
  if (isSimulated(camera)) camera.controls.setSupply(source.supply)
  try {
    for (let taken = 0; taken < count && !signal.aborted; ) {
      const trigger = await nextTrigger(source, signal)
      if (!trigger) return taken > 0 || signal.aborted ? { ok: true, value: null } : fail(fault('camera/timeout', `no part came within ${patienceMs / 1000} s`))
      if (source.isTaken(trigger)) continue
      const kept = await keepFrame(trigger, source)
      if (!kept.ok) return kept
      if (kept.value) report({ done: ++taken / count, stage: 'capturing' })
    }
    return { ok: true, value: null }
  } finally {
    if (isSimulated(camera)) camera.controls.setSupply('mixed')
  }
}

async function nextTrigger({ camera, sleep }: PartSource, signal: AbortSignal): Promise<Trigger | undefined> {
  const giveUp = new AbortController()
  const end = (): void => { giveUp.abort() }
  signal.addEventListener('abort', end, { once: true })
  void sleep(patienceMs, giveUp.signal).then(end)
  const trigger = await camera.awaitTrigger({ whenEmpty: 'wait', signal: giveUp.signal })
  end()
  signal.removeEventListener('abort', end)
  return trigger
}

/** True when a frame was kept, false when it could not be opened. */
async function keepFrame(trigger: Trigger, { camera, pixels, evidence, maxPixels, keep }: PartSource): Promise<Result<boolean>> {
  const captured = await camera.capture(trigger, deadlines.captureMs)
  const opened = captured.ok ? await pixels.open(captured.value, maxPixels) : captured
  if (!captured.ok || !opened.ok) return { ok: true, value: false }
  const id = await evidence.keep('baseline', captured.value.original.bytes)
  if (!id.ok) return id
  await camera.confirm(trigger)
  const { focus, meanLevel, clippedFraction, fingerprint } = opened.value.quality
  const frame: BaselineFrame = {
    id: id.value,
    sourceKey: trigger.sourceKey,
    mediaType: captured.value.original.mediaType,
    quality: { focus, meanLevel, clippedFraction, fingerprint },
    isSimulatedDefect: captured.value.truth?.isDefective ?? false,
  }
  const saved = await keep(frame, captured.value.truth)
  return saved.ok ? { ok: true, value: true } : saved
}
