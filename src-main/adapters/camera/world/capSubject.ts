import { coverOf, distanceToSegment, mix, smoothStep } from './distance.ts'
import { distanceToText, writeArc, writeLine } from './strokeText.ts'
import { scaleColour, type Box, type Subject, type SurfaceSample } from './surface.ts'
import type { CapDescription, Colour } from './worldFile.ts'

const lightX = -0.62
const lightY = -0.78
/** Parts of the cap's radius. */
const skirtFrom = 0.935
const topTo = 0.87
const labelTo = 0.8
const ringFrom = 0.5
const codeAt = 0.29
const codeHeight = 0.05

/** A screw cap seen from above on a belt: knurled skirt, rounded rim, and a printed label with two arcs of text, a mark and a code. */
export function capSubject(cap: CapDescription): Subject {
  const R = cap.radiusPx
  const textHeight = 0.115 * R
  const upper = writeArc(cap.upperText, 0.645 * R, textHeight, 'top')
  const lower = writeArc(cap.lowerText, 0.655 * R, textHeight, 'bottom')
  const code = writeLine(cap.code, 0, codeAt * R, codeHeight * R)
  const codeWidth = cap.code.length * codeHeight * R
  const band = labelTo * R + 2
  const features: readonly Box[] = [
    { x: -band, y: -band, width: 2 * band, height: band },
    { x: -band, y: 0, width: 2 * band, height: band },
    { x: -0.3 * R, y: -0.32 * R, width: 0.6 * R, height: 0.52 * R },
    { x: -codeWidth / 2 - 4, y: (codeAt - codeHeight) * R, width: codeWidth + 8, height: 2 * codeHeight * R },
  ]
  const prints = { upper: 0, lower: 1, mark: 2, code: 3 } as const

  return {
    features,
    rest: (x, y) => beltAt(cap.belt, x, y),
    sample(x, y, missing, out) {
      const radius = Math.hypot(x, y)
      const share = radius / R
      const knurl = share > topTo ? Math.cos(Math.atan2(y, x) * cap.knurls) : 0
      out.cover = coverOf(radius - R - 1.6 * knurl * smoothStep(skirtFrom, 1, share))
      out.shadow = 0.6 * smoothStep(26, -14, Math.hypot(x + 13 * lightX, y + 13 * lightY) - R)
      ;[out.red, out.green, out.blue] = cap.plastic
      out.gloss = 0.16
      out.relief = domeAt(radius, R) + 1.5 * knurl * smoothStep(skirtFrom - 0.02, skirtFrom + 0.02, share)
      scaleColour(out, 1 - 0.3 * smoothStep(skirtFrom, 1, share))
      if (share > labelTo + 0.02) return
      printRing(out, cap, share, R)
      if (missing !== prints.upper) print(out, cap.plastic, strokeCover(distanceToText(upper, x, y, 5), textHeight * 0.1))
      if (missing !== prints.lower) print(out, cap.plastic, strokeCover(distanceToText(lower, x, y, 5), textHeight * 0.1))
      if (missing !== prints.mark) printMark(out, cap, x / R, y / R, R)
      if (missing !== prints.code) print(out, [0.16, 0.16, 0.18], 0.85 * strokeCover(distanceToText(code, x, y, 5), 0.85))
    },
  }
}

/** A flat top that rounds off towards the skirt, and a shallow step around the label. */
function domeAt(radius: number, R: number): number {
  const beyond = Math.max(0, radius - topTo * R)
  return -0.055 * beyond ** 2 * smoothStep(R * 1.08, R * 0.9, radius) - 0.9 * smoothStep((labelTo + 0.022) * R, (labelTo + 0.008) * R, radius)
}

function printRing(out: SurfaceSample, cap: CapDescription, share: number, R: number): void {
  const ring = coverOf((share - labelTo) * R) * coverOf((ringFrom - share) * R)
  const fade = smoothStep(labelTo, ringFrom, share)
  print(out, [mix(cap.ink[0], cap.ink[0] * 1.5, fade), mix(cap.ink[1], cap.ink[1] * 1.35, fade), mix(cap.ink[2], Math.min(1, cap.ink[2] * 1.2), fade)], ring)
  print(out, cap.accent, coverOf(Math.abs(share - ringFrom + 0.028) * R - 0.009 * R))
}

/** Two peaks over three waves, in shares of the radius. */
function printMark(out: SurfaceSample, cap: CapDescription, x: number, y: number, R: number): void {
  const peak = (middle: number, top: number, slope: number): number => Math.max(top + slope * Math.abs(x - middle) - y, y - 0.02) * R * 0.75
  print(out, cap.ink, coverOf(peak(-0.07, -0.3, 1.5)))
  print(out, cap.accent, coverOf(peak(0.12, -0.19, 1.35)))
  const snow = Math.max(-0.3 + 1.5 * Math.abs(x + 0.07) - y, y + 0.215 + 0.02 * Math.cos(x * 90)) * R * 0.75
  print(out, cap.plastic, coverOf(snow))
  for (let wave = 0; wave < 3; wave++) {
    const height = 0.065 + wave * 0.05 + 0.014 * Math.sin(x * 26 + wave)
    const half = 0.24 - 0.05 * wave
    const line = distanceToSegment(x, y, { ax: -half, ay: height, bx: half, by: height }) * R - 0.011 * R
    if (Math.abs(x) < half) print(out, cap.accent, coverOf(Math.min(line, Math.abs(y - height) * R - 0.011 * R)))
  }
}

const strokeCover = (distance: number, halfWidth: number): number => smoothStep(halfWidth + 0.75, halfWidth - 0.75, distance)

/** Ink covers colour; it is a little more matt than the plastic. */
function print(out: SurfaceSample, [red, green, blue]: Colour, cover: number): void {
  if (cover === 0) return
  out.red = mix(out.red, red, cover)
  out.green = mix(out.green, green, cover)
  out.blue = mix(out.blue, blue, cover)
  out.gloss = mix(out.gloss, 0.1, cover)
}

/** A rubber belt with a fine cross-hatch. */
function beltAt([red, green, blue]: Colour, x: number, y: number): Colour {
  const level = 1 + 0.1 * Math.sin(x * 0.62 + y * 0.31) * Math.sin(y * 0.62 - x * 0.31) + 0.07 * Math.sin(y / 120 + 0.5)
  return [red * level, green * level, blue * level]
}
