import type { FrameLimits, Recipe, Region } from '../../domain/recipe.ts'
import type { CommissioningDraft } from './draft.ts'

/** A finished draft as a recipe. Throws when a step has not passed: screens and service ask `isReadyToRun` first. */
export function makeRecipe(draft: CommissioningDraft, frame: FrameLimits): Recipe {
  const { camera, learnt, name, regions, plc } = draft
  if (!camera || !learnt) throw new Error('a recipe needs a camera and learnt models')
  return {
    schema: 1,
    name,
    camera: { source: camera.source, settings: camera.achieved },
    frame,
    outputs: plc.wiring,
    regions: regions.map((region): Region => {
      const lesson = learnt.regions.find((one) => one.regionId === region.id)
      if (!lesson) throw new Error(`region ${region.name} has no model`)
      return { ...region, model: lesson.model, limits: lesson.limits }
    }),
  }
}
