import { grainAt, growGrain } from './grain.ts'
import type { PartPlan } from './planPart.ts'
import { mapMarginPx, mapStride, type Scene } from './scene.ts'

/** Draws the part on the canvas where its pose puts it, on its rest and with its own grain; no light yet. */
export function placePart(scene: Scene, { pose, grainSeed }: PartPlan): void {
  const { canvas, map, mapWidth, mapHeight, rest, world } = scene
  const { widthPx, heightPx, colour, relief, gloss, cover } = canvas
  const grains = world.grain.map((layer, i) => growGrain(layer, mapWidth, mapHeight, grainSeed + i))
  const angle = (pose.rotationDeg * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  for (let y = 0, i = 0; y < heightPx; y++) {
    const down = y + 0.5 - heightPx / 2 - pose.yPx
    for (let x = 0; x < widthPx; x++, i++) {
      const across = x + 0.5 - widthPx / 2 - pose.xPx
      const mapX = Math.min(Math.max(across * cos + down * sin + widthPx / 2 + mapMarginPx - 0.5, 0), mapWidth - 2)
      const mapY = Math.min(Math.max(down * cos - across * sin + heightPx / 2 + mapMarginPx - 0.5, 0), mapHeight - 2)
      const left = mapX | 0
      const top = mapY | 0
      const wx = mapX - left
      const wy = mapY - top
      const a = (top * mapWidth + left) * mapStride
      const b = a + mapStride
      const c = a + mapWidth * mapStride
      const d = c + mapStride
      const wa = (1 - wx) * (1 - wy)
      const wb = wx * (1 - wy)
      const wc = (1 - wx) * wy
      const wd = wx * wy
      const covered = wa * map[a + 5]! + wb * map[b + 5]! + wc * map[c + 5]! + wd * map[d + 5]!
      let grain = 1
      for (const layer of grains) grain += layer.amount * grainAt(layer, mapX, mapY)
      const part = covered * grain
      const under = (1 - covered) * (1 - (wa * map[a + 6]! + wb * map[b + 6]! + wc * map[c + 6]! + wd * map[d + 6]!))
      const o = 3 * i
      colour[o] = part * (wa * map[a]! + wb * map[b]! + wc * map[c]! + wd * map[d]!) + under * rest[o]!
      colour[o + 1] = part * (wa * map[a + 1]! + wb * map[b + 1]! + wc * map[c + 1]! + wd * map[d + 1]!) + under * rest[o + 1]!
      colour[o + 2] = part * (wa * map[a + 2]! + wb * map[b + 2]! + wc * map[c + 2]! + wd * map[d + 2]!) + under * rest[o + 2]!
      relief[i] = wa * map[a + 3]! + wb * map[b + 3]! + wc * map[c + 3]! + wd * map[d + 3]!
      gloss[i] = wa * map[a + 4]! + wb * map[b + 4]! + wc * map[c + 4]! + wd * map[d + 4]!
      cover[i] = covered
    }
  }
}
