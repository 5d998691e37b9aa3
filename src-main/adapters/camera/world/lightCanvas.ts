import type { PartPlan } from './planPart.ts'
import type { Scene } from './scene.ts'

/** A dome light with a direction: towards the light, unit length. The half-way vector to the camera makes the highlight. */
const light = unit(-0.42, -0.53, 0.737)
const halfway = unit(light[0], light[1], light[2] + 1)
const ambient = 0.4
const highlight = 1.15

/**
 * Lambert's law and a Blinn–Phong highlight over the slope of the relief, both measured against a flat place, so that a flat place
 * keeps its colour; then the lamp's level and gradient and the lens' vignette. Writes grey levels.
 */
export function lightCanvas({ canvas, world }: Scene, { light: lamp }: PartPlan, exposure: number): void {
  const { widthPx, heightPx, colour, relief, gloss, cover, levels } = canvas
  const [lx, ly, lz] = light
  const [hx, hy, hz] = halfway
  const flatHighlight = hz ** 32
  const { vignette } = world.camera
  for (let y = 0, i = 0; y < heightPx; y++) {
    const above = y > 0 ? -widthPx : 0
    const below = y < heightPx - 1 ? widthPx : 0
    const fy = (2 * (y + 0.5)) / heightPx - 1
    for (let x = 0; x < widthPx; x++, i++) {
      const slope = 0.5 * cover[i]!
      const gx = (relief[x < widthPx - 1 ? i + 1 : i]! - relief[x > 0 ? i - 1 : i]!) * slope
      const gy = (relief[i + below]! - relief[i + above]!) * slope
      const fx = (2 * (x + 0.5)) / widthPx - 1
      const level = 255 * exposure * (lamp.level + lamp.alongX * fx + lamp.alongY * fy) * (1 - vignette * 0.5 * (fx * fx + fy * fy))
      let diffuse = 1
      let shine = 0
      if (gx !== 0 || gy !== 0) {
        const length = 1 / Math.sqrt(gx * gx + gy * gy + 1)
        diffuse = ambient + ((1 - ambient) * Math.max(0, lz - gx * lx - gy * ly) * length) / lz
        const h2 = (Math.max(0, hz - gx * hx - gy * hy) * length) ** 2
        const h8 = h2 * h2 * h2 * h2
        shine = highlight * gloss[i]! * cover[i]! * (h8 * h8 * h8 * h8 - flatHighlight)
      }
      const o = 3 * i
      levels[o] = level * (colour[o]! * diffuse + shine)
      levels[o + 1] = level * (colour[o + 1]! * diffuse + shine)
      levels[o + 2] = level * (colour[o + 2]! * diffuse + shine)
    }
  }
}

function unit(x: number, y: number, z: number): readonly [number, number, number] {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}
