import { z } from 'zod'
import { Point, RegionIdText } from './recipe.ts'

const Bounds = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() })

/** A piece of a picture, turned back with the part, and where in it the patch lies. Both boxes are places of the (golden) frame. */
export const PatchPicture = z.object({ jpeg: z.instanceof(Blob), window: Bounds, patch: Bounds })
export type PatchPicture = z.infer<typeof PatchPicture>

/** Why one region of a part scored as it did. */
export const ExplanationView = z.object({
  regionId: RegionIdText,
  regionName: z.string(),
  model: z.string(),
  score: z.number(),
  failAbove: z.number(),
  /** The largest connected area over the limit; in mm² where the recipe says how large a pixel is. */
  areaPx: z.number(),
  areaMm2: z.number().nullable(),
  /** Its hottest place. */
  part: PatchPicture,
  /** Good parts whose patch is most like it, the nearest first. */
  nearest: z.array(
    PatchPicture.extend({
      id: z.string(),
      /** In the baseline, from 1. */
      number: z.number().int(),
      /** In the model's whitened space. */
      distance: z.number(),
      /** Where it lies in its own picture, and how large that is. */
      at: Point.extend({ widthPx: z.number(), heightPx: z.number() }),
    }),
  ),
  /** Why there are none: the model came trained, or was learnt before patches were remembered. */
  whyNone: z.enum(['imported', 'notRemembered']).nullable(),
})
export type ExplanationView = z.infer<typeof ExplanationView>
