import { fault, type Fault, type FaultCode } from '../domain/fault.ts'
import { frameChecks, type Frame, type FrameCheck, type FrameCheckName, type SoundFrame } from '../domain/frame.ts'
import type { FrameLimits } from '../domain/recipe.ts'

/** A `Result<SoundFrame>` that brings the checks in either case: they are stored and counted whatever became of the frame. */
export type CheckedFrame = { readonly checks: readonly FrameCheck[] } & (
  | { readonly ok: true; readonly value: SoundFrame }
  | { readonly ok: false; readonly fault: Fault }
)

/** The nearer to the cause, the earlier: a dark frame is also unsharp, and a wrong picture is wrong in every other figure. */
const causes: readonly FrameCheckName[] = ['size', 'repeat', 'darkness', 'clipping', 'brightness', 'focus']

const faultOf: Readonly<Record<FrameCheckName, FaultCode>> = {
  size: 'frame/wrongSize',
  repeat: 'frame/repeated',
  darkness: 'frame/dark',
  brightness: 'frame/bright',
  clipping: 'frame/saturated',
  focus: 'frame/blurred',
}

/**
 * Decides whether a frame may reach a model. Every check is made, also after one has failed; the fault is the most causal one.
 * `previousFingerprint` is that of the part before, undefined for the first.
 */
export function checkFrame(frame: Frame, limits: FrameLimits, previousFingerprint: string | undefined): CheckedFrame {
  const judged = judgeChecks(frame, limits, previousFingerprint)
  const checks = frameChecks.map((name) => judged[name])
  const failed = causes.find((name) => !judged[name].passed)
  if (failed === undefined) return { ok: true, value: { frame, checks }, checks }
  const { measured, limit } = judged[failed]
  return { ok: false, fault: fault(faultOf[failed], describe(failed, frame, judged[failed], limits), { measured, limit }), checks }
}

/** The least focus a frame must have: a share of the baseline's, and never under the floor. */
export const focusLimit = (limits: FrameLimits): number => Math.max(limits.focusFloor, limits.focusReference * limits.focusMinRatio)

function judgeChecks({ image, quality }: Frame, limits: FrameLimits, previous: string | undefined): Record<FrameCheckName, FrameCheck> {
  const repeats = quality.fingerprint === previous
  const sized = image.widthPx === limits.widthPx && image.heightPx === limits.heightPx
  return {
    size: { name: 'size', measured: image.widthPx * image.heightPx, limit: limits.widthPx * limits.heightPx, passed: sized },
    repeat: { name: 'repeat', measured: repeats ? 1 : 0, limit: limits.refuseRepeats ? 0 : 1, passed: !(repeats && limits.refuseRepeats) },
    darkness: atLeast('darkness', quality.meanLevel, limits.meanMin),
    brightness: atMost('brightness', quality.meanLevel, limits.meanMax),
    clipping: atMost('clipping', quality.clippedFraction, limits.clippedMax),
    focus: atLeast('focus', quality.focus, focusLimit(limits)),
  }
}

const atLeast = (name: FrameCheckName, measured: number, limit: number): FrameCheck => ({ name, measured, limit, passed: measured >= limit })

const atMost = (name: FrameCheckName, measured: number, limit: number): FrameCheck => ({ name, measured, limit, passed: measured <= limit })

function describe(name: FrameCheckName, { image, quality }: Frame, { measured, limit }: FrameCheck, limits: FrameLimits): string {
  switch (name) {
    case 'size': return `the image is ${image.widthPx}×${image.heightPx} px, the recipe asks for ${limits.widthPx}×${limits.heightPx} px`
    case 'repeat': return `the same picture as the frame before (fingerprint ${quality.fingerprint})`
    case 'darkness': return `mean level ${measured.toFixed(1)} is under ${limit}`
    case 'brightness': return `mean level ${measured.toFixed(1)} is over ${limit}`
    case 'clipping': return `${(100 * measured).toFixed(1)} % of the pixels are clipped, over ${(100 * limit).toFixed(1)} %`
    case 'focus': return `focus ${measured.toFixed(1)} is under ${limit.toFixed(1)}`
  }
}
