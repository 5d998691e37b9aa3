import { planPart } from '../../src-main/adapters/camera/world/planPart.ts'
import { renderPart } from '../../src-main/adapters/camera/world/renderPart.ts'
import { buildScene } from '../../src-main/adapters/camera/world/scene.ts'
import { loadWorld } from '../../src-main/adapters/camera/world/worldFile.ts'
import type { Pose } from '../../src-main/domain/alignment.ts'
import type { PixelImage } from '../../src-main/domain/frame.ts'
import type { Point } from '../../src-main/domain/geometry.ts'

const straight = { xPx: 0, yPx: 0, rotationDeg: 0 }
const directory = `${import.meta.dirname}/../../resources/worlds`

export interface PosedPart {
  readonly image: PixelImage
  /** Where a place of the golden frame truly lies in this one. */
  readonly placeOf: (golden: Point) => Point
  readonly rotationDeg: number
  readonly defects: number
}

/** Parts of a world that lie as loosely as asked, each with its own light, grain and noise; part 0, straight and good, is the golden one. */
export async function posedParts(name: string, loose: { readonly shiftPx: number; readonly rotationDeg: number }) {
  const loaded = await loadWorld(name, directory)
  if (!loaded.ok) throw new Error(loaded.fault.detail)
  const world = { ...loaded.value, variation: { ...loaded.value.variation, ...loose }, frameFaults: [] }
  const scene = buildScene(world)
  const { widthPx, heightPx } = world.camera
  const middle = { x: widthPx / 2, y: heightPx / 2 }
  const golden = renderPart(scene, { ...planPart(world, 1, 0, { isGood: true, injected: [] }), pose: straight }, { light: 1, noise: 1 })
  return {
    golden,
    part(number: number, light = 1): PosedPart {
      const plan = planPart(world, 1, number, { isGood: false, injected: [] })
      const { xPx, yPx, rotationDeg } = plan.pose
      const angle = (rotationDeg * Math.PI) / 180
      const placeOf = ({ x, y }: Point): Point => ({
        x: middle.x + xPx + (x - middle.x) * Math.cos(angle) - (y - middle.y) * Math.sin(angle),
        y: middle.y + yPx + (x - middle.x) * Math.sin(angle) + (y - middle.y) * Math.cos(angle),
      })
      return { image: renderPart(scene, plan, { light, noise: 1 }), placeOf, rotationDeg, defects: plan.defects.length }
    },
  }
}

/** Error of a found pose against the truth, at the pivot and in the angle. */
export function errorOf({ pivot, dxPx, dyPx, rotationDeg }: Pose, part: PosedPart): { readonly px: number; readonly deg: number } {
  const place = part.placeOf(pivot)
  return { px: Math.hypot(pivot.x + dxPx - place.x, pivot.y + dyPx - place.y), deg: Math.abs(rotationDeg - part.rotationDeg) }
}
