import { clopperPearson } from '../../domain/clopperPearson.ts'
import type { FrameLimits, Recipe, Region, RegionLimits } from '../../domain/recipe.ts'
import type { CommissioningDraft, LearntRegion } from './draft.ts'
import { detectorOf } from './draftDetector.ts'
import { knownBadScoresOf } from './knownBad.ts'

/** A finished draft as a recipe. Throws when a step has not passed: screens and service ask `isReadyToRun` first. */
export function makeRecipe(draft: CommissioningDraft, frame: FrameLimits): Recipe {
  const { camera, learnt, name, alignment, calibration, regions, plc } = draft
  if (!camera || !learnt) throw new Error('a recipe needs a camera and learnt models')
  return {
    schema: 1,
    name,
    camera: { source: camera.source, settings: camera.achieved },
    frame,
    ...(alignment && { alignment: alignment.taught }),
    ...(calibration && { calibration }),
    outputs: plc.wiring,
    ...(draft.line && { line: draft.line }),
    regions: regions.map((region): Region => {
      const lesson = learnt.regions.find((one) => one.regionId === region.id)
      if (!lesson) throw new Error(`region ${region.name} has no model`)
      const detector = detectorOf(draft, region.id)?.detector
      return { ...region, model: lesson.model, limits: withExpectedMisses(lesson, draft), ...(detector && { detector }) }
    }),
  }
}

/** Counted when the recipe is made, over all known-bad parts shown by then. What is not over the lower line is accepted. */
function withExpectedMisses(lesson: LearntRegion, draft: CommissioningDraft): RegionLimits {
  const { limits } = lesson
  const scores = knownBadScoresOf(draft, lesson)
  if (scores.length === 0) return limits
  const missed = scores.filter(({ score }) => score <= limits.unsureAbove).length
  return { ...limits, basis: { ...limits.basis, knownBad: scores.length, expectedMisses: clopperPearson(missed, scores.length) } }
}
