import { clamp, coverOf, distanceToCircle, distanceToRoundedBox, mix, smoothStep } from './distance.ts'
import { distanceToText, writeLine } from './strokeText.ts'
import { scaleColour, type Box, type Subject, type SurfaceSample } from './surface.ts'
import type { Colour, PlateDescription } from './worldFile.ts'

const chamferPx = 5
const countersinkPx = 8
const engravingPx = 1.5
/** Where the light comes from, in the picture: the lit side of a hole's wall is the opposite one. */
const lightX = -0.62
const lightY = -0.78

/** A milled and brushed metal plate in a dark nest: countersunk holes, slots, a bore with a turned face, an engraved number. */
export function plateSubject(plate: PlateDescription): Subject {
  const halfWidth = plate.widthPx / 2
  const halfHeight = plate.heightPx / 2
  const letters = writeLine(plate.marking.text, plate.marking.x, plate.marking.y, plate.marking.heightPx)
  const textWidth = plate.marking.text.length * plate.marking.heightPx
  const openings = [...plate.holes.map((hole) => ({ ...hole, lengthPx: 0 })), ...plate.slots]
  const features: readonly Box[] = [
    ...openings.map(({ x, y, lengthPx, radiusPx }) => around(x, y, lengthPx / 2 + radiusPx + countersinkPx + 4, radiusPx + countersinkPx + 4)),
    around(plate.marking.x, plate.marking.y, textWidth / 2 + 6, plate.marking.heightPx / 2 + 6),
  ]

  return {
    features,
    rest: (x, y) => restAt(plate.nest, x, y),
    sample(x, y, missing, out) {
      const outline = distanceToRoundedBox(x, y, halfWidth, halfHeight, plate.cornerPx)
      paintMetal(out, plate.metal, x, y)
      out.cover = coverOf(outline)
      out.shadow = 0.62 * smoothStep(16, -10, distanceToRoundedBox(x + 9 * lightX, y + 9 * lightY, halfWidth, halfHeight, plate.cornerPx))
      out.relief = -0.55 * clamp(chamferPx + outline, 0, chamferPx * 2)
      paintBore(out, plate.bore, x, y)
      openings.forEach((opening, i) => {
        if (i !== missing) paintOpening(out, x - opening.x, y - opening.y, opening.lengthPx / 2, opening.radiusPx)
      })
      if (missing !== openings.length) engrave(out, distanceToText(letters, x, y, 4))
    },
  }
}

const around = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({ x: x - halfWidth, y: y - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight })

/** Brushed metal mirrors its surroundings in soft bands across the brushing. */
function paintMetal(out: SurfaceSample, [red, green, blue]: Colour, x: number, y: number): void {
  const sheen = 1 + 0.07 * Math.sin(y / 71 + 0.8) + 0.045 * Math.sin(y / 23 + x / 310) + 0.05 * Math.cos(x / 260 - 0.5)
  out.red = red * sheen
  out.green = green * sheen
  out.blue = blue * sheen
  out.gloss = 0.3
}

/** A through bore in a face turned on a lathe: fine rings, and the two bright wings that such a face shows. */
function paintBore(out: SurfaceSample, bore: PlateDescription['bore'], plateX: number, plateY: number): void {
  const x = plateX - bore.x
  const y = plateY - bore.y
  const radius = Math.hypot(x, y)
  const turned = coverOf(radius - bore.turnedRadiusPx)
  if (turned > 0) {
    const wings = 0.86 + 0.3 * Math.cos(Math.atan2(y, x) * 2 - 1.9) ** 4 + 0.05 * Math.sin(radius * 2.1)
    scaleColour(out, mix(1, wings, turned))
    out.relief -= 1.6 * smoothStep(bore.turnedRadiusPx + 2.5, bore.turnedRadiusPx - 2.5, radius)
  }
  paintOpening(out, x, y, 0, bore.radiusPx)
}

/** A hole or slot with a countersunk rim: dark inside, with the lit part of its wall on the side away from the light. */
function paintOpening(out: SurfaceSample, x: number, y: number, halfLength: number, radiusPx: number): void {
  const fromAxis = x - clamp(x, -halfLength, halfLength)
  const distance = distanceToCircle(fromAxis, y, radiusPx)
  if (distance > countersinkPx + 2) return
  out.relief -= 0.8 * clamp(countersinkPx - distance, 0, countersinkPx)
  out.gloss = mix(out.gloss, 0.5, smoothStep(countersinkPx, countersinkPx - 2, distance))
  const inside = coverOf(distance)
  if (inside === 0) return
  const towardsWall = -(fromAxis * lightX + y * lightY) / radiusPx
  const depth = radiusPx + distance
  const wall = Math.max(0, towardsWall) * smoothStep(radiusPx * 0.62, radiusPx, depth)
  const level = 0.035 + 0.3 * wall
  out.red = mix(out.red, level, inside)
  out.green = mix(out.green, level, inside)
  out.blue = mix(out.blue, level * 1.04, inside)
  out.gloss *= 1 - inside
  out.relief = mix(out.relief, -0.8 * countersinkPx, inside)
}

function engrave(out: SurfaceSample, fromStroke: number): void {
  const depth = smoothStep(engravingPx + 1, engravingPx - 0.7, fromStroke)
  scaleColour(out, 1 - 0.5 * depth)
  out.relief -= 1.3 * depth
  out.gloss *= 1 - 0.6 * depth
}

/** A moulded nest with two ribs. */
function restAt([red, green, blue]: Colour, x: number, y: number): Colour {
  const rib = 1 + 0.35 * (smoothStep(6, 3, Math.abs(Math.abs(x) - 296)) - smoothStep(10, 7, Math.abs(Math.abs(x) - 302)))
  const level = rib * (1 + 0.06 * Math.sin(y / 90))
  return [red * level, green * level, blue * level]
}
