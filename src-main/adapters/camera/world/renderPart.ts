import type { PixelImage } from '../../../domain/frame.ts'
import { blurLevels } from './blurLevels.ts'
import { lightCanvas } from './lightCanvas.ts'
import { paintDefect } from './paintDefect.ts'
import { placePart } from './placePart.ts'
import type { PartPlan, PlannedDefect } from './planPart.ts'
import { mixBits } from './randomStream.ts'
import { drawMap, noiseMask, type Scene } from './scene.ts'

export interface Exposure {
  /** Factors on the light and on the noise, against the world's own exposure at 0 dB. */
  readonly light: number
  readonly noise: number
}

const darkLight = 0.1
const saturatedLight = 3.4
const blurRadiusPx = 4

/** Draws one part as the sensor sees it: RGB, 8 bits. The same scene, plan and exposure give the same bytes. */
export function renderPart(scene: Scene, plan: PartPlan, exposure: Exposure): PixelImage {
  const { canvas } = scene
  withoutMissing(scene, plan.defects, () => { placePart(scene, plan) })
  for (const defect of plan.defects) paintDefect(canvas, defect, plan.pose)
  const lamp = plan.frameFault === 'dark' ? darkLight : plan.frameFault === 'saturated' ? saturatedLight : 1
  lightCanvas(scene, plan, exposure.light * lamp)
  if (plan.frameFault === 'blurred') blurLevels(canvas.levels, canvas.widthPx, canvas.heightPx, blurRadiusPx)
  return exposeSensor(scene, plan.noiseSeed, exposure.noise)
}

/** Leaves missing features out of the map while `draw` runs. */
function withoutMissing(scene: Scene, defects: readonly PlannedDefect[], draw: () => void): void {
  const { features } = scene.subject
  const missing = defects.filter(({ kind }) => kind === 'missingFeature').map(({ seed }) => (seed >>> 0) % features.length)
  const faultless = missing.length > 0 ? scene.map.slice() : undefined
  for (const feature of missing) drawMap(scene, features[feature]!, feature)
  draw()
  if (faultless) scene.map.set(faultless)
}

/** Read noise and shot noise, clipping and rounding (EMVA 1288 model). */
function exposeSensor({ canvas, noise, world }: Scene, seed: number, noiseFactor: number): PixelImage {
  const { widthPx, heightPx, levels } = canvas
  const { readNoise, shotNoise } = world.camera
  const deviations = Float32Array.from({ length: 256 }, (_, level) => noiseFactor * Math.hypot(readNoise, shotNoise * Math.sqrt(level)))
  const data = new Uint8Array(widthPx * heightPx * 3)
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0, n = mixBits(seed + y); x < widthPx * 3; x++, i++, n++) {
      const level = levels[i]! < 0 ? 0 : levels[i]! > 255 ? 255 : levels[i]!
      const seen = level + deviations[level | 0]! * noise[n & noiseMask]!
      data[i] = seen <= 0 ? 0 : seen >= 255 ? 255 : seen + 0.5
    }
  return { widthPx, heightPx, channels: 3, data }
}
