import type { PixelImage } from '../../../domain/frame.ts'
import { decodeNetpbm, encodeNetpbm } from '../../../pipeline/netpbm.ts'
import type { LaneMethods } from '../../lane/lane.ts'
import type { PartPlan } from './planPart.ts'
import { renderPart, type Exposure } from './renderPart.ts'
import { buildScene, type Scene } from './scene.ts'
import type { World } from './worldFile.ts'

export interface RenderRequest {
  readonly world: World
  readonly plan: PartPlan
  readonly exposure: Exposure
}

/** `bytes` is a P6 netpbm in shared memory, and `pixels` the samples inside it. */
export interface RenderedPart {
  readonly bytes: Uint8Array
  readonly pixels: PixelImage
}

/** The inside of the world thread. The scene of the world last asked for is kept; building one takes a few tenths of a second. */
export function worldMethods(): LaneMethods {
  let scene: Scene | undefined
  let sceneOf = ''
  return {
    async render({ world, plan, exposure }: RenderRequest): Promise<RenderedPart> {
      const asked = JSON.stringify(world)
      if (!scene || sceneOf !== asked) scene = buildScene(world)
      sceneOf = asked
      const bytes = encodeNetpbm(renderPart(scene, plan, exposure))
      const pixels = decodeNetpbm(bytes, Infinity)
      if (!pixels.ok) throw new Error(pixels.fault.detail)
      return { bytes, pixels: pixels.value }
    },
  }
}
