import { clamp, mix, smoothStep } from './distance.ts'
import { grainAt, growGrain, type Grain } from './grain.ts'
import type { PartPlan, PlannedDefect } from './planPart.ts'
import { randomStream } from './randomStream.ts'
import type { Canvas } from './scene.ts'
import type { Colour } from './worldFile.ts'

/** A place near a defect: `u` along it, `v` across, in pixels from its middle; `i` counts the canvas' pixels. */
type Brush = (i: number, u: number, v: number) => void

/** Paints everything but a missing feature, which is a matter of the map. */
export function paintDefect(canvas: Canvas, defect: PlannedDefect, pose: PartPlan['pose']): void {
  const brush = brushFor(canvas, defect)
  if (!brush) return
  const turn = (pose.rotationDeg * Math.PI) / 180
  const centreX = canvas.widthPx / 2 + pose.xPx + defect.x * Math.cos(turn) - defect.y * Math.sin(turn)
  const centreY = canvas.heightPx / 2 + pose.yPx + defect.x * Math.sin(turn) + defect.y * Math.cos(turn)
  const [cos, sin] = [Math.cos(defect.angle + turn), Math.sin(defect.angle + turn)]
  const reach = defect.sizePx * 0.8 + 6
  for (let y = Math.max(0, Math.floor(centreY - reach)); y < Math.min(canvas.heightPx, centreY + reach); y++)
    for (let x = Math.max(0, Math.floor(centreX - reach)); x < Math.min(canvas.widthPx, centreX + reach); x++) {
      const dx = x + 0.5 - centreX
      const dy = y + 0.5 - centreY
      brush(y * canvas.widthPx + x, dx * cos + dy * sin, dy * cos - dx * sin)
    }
}

function brushFor(canvas: Canvas, defect: PlannedDefect): Brush | undefined {
  switch (defect.kind) {
    case 'scratch': return scratchBrush(canvas, defect)
    case 'dent': return dentBrush(canvas, defect)
    case 'stain': return stainBrush(canvas, defect)
    case 'smear': return smearBrush(canvas, defect)
    case 'missingFeature': return undefined
  }
}

const bareMaterial: Colour = [0.9, 0.89, 0.86]
const stainColour: Colour = [0.36, 0.27, 0.17]
const oilColour: Colour = [0.27, 0.27, 0.29]

/** A slightly bent groove of varying depth that runs out at both ends and lays bright material bare. */
function scratchBrush(canvas: Canvas, { sizePx, strength, seed }: PlannedDefect): Brush {
  const random = randomStream(seed)
  const bend = random.between(-0.12, 0.12)
  const halfWidth = random.between(0.8, 1.5)
  const depth = growGrain({ xPx: 9, yPx: 400, amount: 1 }, 2 * sizePx, 10, seed)
  return (i, u, v) => {
    const along = (2 * u) / sizePx
    if (Math.abs(along) >= 1) return
    const off = (v - bend * sizePx * along * along * 0.5) / halfWidth
    const profile = Math.exp(-off * off) * smoothStep(1, 0.75, Math.abs(along)) * (0.75 + 0.25 * grainAt(depth, u + sizePx, 5))
    if (profile < 0.01) return
    canvas.relief[i]! -= 1.6 * strength * profile
    tint(canvas, i, bareMaterial, 0.75 * strength * profile)
  }
}

/** A hollow that is not quite round; light and shade on its flanks show it. */
function dentBrush(canvas: Canvas, { sizePx, strength, seed }: PlannedDefect): Brush {
  const random = randomStream(seed)
  const phase = random.between(0, 6.28)
  const flatness = random.between(0.75, 1)
  const radius = sizePx / 2
  return (i, u, v) => {
    const bearing = Math.atan2(v, u)
    const share = (Math.hypot(u, v / flatness) / radius) * (1 + 0.1 * Math.sin(2 * bearing + phase) + 0.05 * Math.sin(5 * bearing + phase))
    if (share >= 1) return
    const bowl = (1 - share * share) ** 2
    canvas.relief[i]! -= strength * radius * 0.42 * bowl
    tint(canvas, i, [0, 0, 0], 0.12 * strength * bowl)
  }
}

/** A dried drop: a ragged outline, darker towards its rim, matt. */
function stainBrush(canvas: Canvas, { sizePx, strength, seed }: PlannedDefect): Brush {
  const ragged = growGrain({ xPx: sizePx / 4, yPx: sizePx / 4, amount: 1 }, 2 * sizePx, 2 * sizePx, seed)
  const mottled = growGrain({ xPx: sizePx / 12, yPx: sizePx / 12, amount: 1 }, 2 * sizePx, 2 * sizePx, seed + 1)
  return (i, u, v) => {
    const share = Math.hypot(u, v) / (sizePx / 2) + 0.32 * grainAt(ragged, u + sizePx, v + sizePx)
    const inside = smoothStep(1.02, 0.9, share)
    if (inside === 0) return
    const rim = 0.62 + 0.38 * smoothStep(0.6, 0.95, share)
    multiply(canvas, i, stainColour, strength * inside * rim * (0.9 + 0.1 * grainAt(mottled, u + sizePx, v + sizePx)))
    canvas.gloss[i]! *= 1 - 0.8 * inside * strength
  }
}

/** A wiped film of oil or ink: soft, streaked along the wipe, thinning out towards its end. */
function smearBrush(canvas: Canvas, { sizePx, strength, seed }: PlannedDefect): Brush {
  const streaks: Grain = growGrain({ xPx: sizePx * 0.7, yPx: Math.max(2, sizePx / 30), amount: 1 }, 2 * sizePx, 2 * sizePx, seed)
  const clouds: Grain = growGrain({ xPx: sizePx / 4, yPx: sizePx / 6, amount: 1 }, 2 * sizePx, 2 * sizePx, seed + 1)
  const halfWidth = sizePx * randomStream(seed).between(0.16, 0.26)
  return (i, u, v) => {
    const along = u / sizePx + 0.5
    const ragged = 0.12 * grainAt(clouds, u + sizePx, v + sizePx)
    const film = smoothStep(1, 0.55, Math.abs(v) / halfWidth + ragged) * smoothStep(0, 0.1, along + ragged) * smoothStep(1, 0.4, along)
    if (film <= 0) return
    const streak = clamp(0.62 + 0.55 * grainAt(streaks, u + sizePx, v + sizePx), 0, 1)
    tint(canvas, i, oilColour, strength * film * streak)
    canvas.gloss[i] = mix(canvas.gloss[i]!, 0.45 * canvas.cover[i]!, 0.7 * strength * film * streak)
  }
}

function tint({ colour, cover }: Canvas, i: number, to: Colour, share: number): void {
  for (let channel = 0; channel < 3; channel++) colour[3 * i + channel] = mix(colour[3 * i + channel]!, to[channel]!, share * cover[i]!)
}

function multiply({ colour, cover }: Canvas, i: number, by: Colour, share: number): void {
  for (let channel = 0; channel < 3; channel++) colour[3 * i + channel]! *= mix(1, by[channel]!, share * cover[i]!)
}
