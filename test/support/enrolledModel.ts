import { onnxGraphOpener } from '../../src-main/adapters/learner/onnxGraph.ts'
import type { RegionId } from '../../src-main/domain/ids.ts'
import { defaultModelChoice, type ModelChoice } from '../../src-main/domain/recipe.ts'
import { enrolRegion, type LearnedRegion } from '../../src-main/learning/enrol.ts'
import type { RegionToLearn } from '../../src-main/ports/learner.ts'
import { texturedCrops } from './texturedCrops.ts'

/** A whole rectangle as a region; the image is as large as the crop. */
export function wholeRegion(crops: readonly Uint8Array[], inputWidthPx: number, inputHeightPx: number, id = 'region', choice: ModelChoice = defaultModelChoice): RegionToLearn {
  return { id: id as RegionId, ...choice, shape: { kind: 'rectangle', x: 0, y: 0, width: inputWidthPx, height: inputHeightPx }, masks: [], inputWidthPx, inputHeightPx, crops }
}

/** Enrolled in this process. Throws what went wrong. */
export async function enrolHere(region: RegionToLearn = wholeRegion(texturedCrops(20, { widthPx: 64, heightPx: 64 }), 64, 64), seed = 1): Promise<LearnedRegion> {
  const learned = await enrolRegion(region, seed, { openGraph: onnxGraphOpener(1), report: async () => undefined })
  if (!learned.ok) throw new Error(learned.fault.detail)
  return learned.value
}
