import type { PartTruth } from '../../../domain/frame.ts'
import { randomStream, type RandomStream } from './randomStream.ts'
import type { DefectKind, FrameFaultKind, World } from './worldFile.ts'

/** Everything that is decided about one part before it is drawn. */
export interface PartPlan {
  readonly pose: { readonly xPx: number; readonly yPx: number; readonly rotationDeg: number }
  /** Factor on the light, and how it grows towards the right and the lower edge. */
  readonly light: { readonly level: number; readonly alongX: number; readonly alongY: number }
  readonly grainSeed: number
  readonly noiseSeed: number
  readonly defects: readonly PlannedDefect[]
  readonly frameFault: FrameFaultKind | undefined
}

export interface PlannedDefect {
  readonly kind: DefectKind
  /** Its middle, in the part's own coordinates. */
  readonly x: number
  readonly y: number
  readonly sizePx: number
  readonly strength: number
  readonly angle: number
  readonly seed: number
}

export interface Supply {
  readonly isGood: boolean
  /** Every part has a defect, its kind by the world's rates, and none a frame fault. */
  readonly isDefective?: boolean
  /** Ordered by a click or a test, whatever the rates say. */
  readonly injected: readonly string[]
}

const purposes = { pose: 1, light: 2, surface: 3, defect: 4, frameFault: 5, injected: 6 } as const

/** The same world, seed, number and supply give the same part; a defect never changes what the part would have been without it. */
export function planPart(world: World, seed: number, part: number, supply: Supply): PartPlan {
  const stream = (purpose: keyof typeof purposes): RandomStream => randomStream(seed, part, purposes[purpose])
  const { shiftPx, rotationDeg, light } = world.variation
  const pose = stream('pose')
  const lamp = stream('light')
  const surface = stream('surface')
  return {
    pose: { xPx: pose.between(-shiftPx, shiftPx), yPx: pose.between(-shiftPx, shiftPx), rotationDeg: pose.between(-rotationDeg, rotationDeg) },
    light: { level: 1 + lamp.between(-light, light), alongX: lamp.between(-light, light) / 3, alongY: lamp.between(-light, light) / 3 },
    grainSeed: surface.bits(),
    noiseSeed: surface.bits(),
    defects: planDefects(world, supply, stream('defect'), stream('injected')),
    frameFault: planFrameFault(world, supply, stream('frameFault')),
  }
}

/** What is true of the part, whether its frame shows it or not. */
export function truthOf({ defects, frameFault, pose }: PartPlan): PartTruth {
  const kinds = defects.map(({ kind }) => kind)
  return { isDefective: kinds.length > 0, defects: kinds, ...(frameFault ? { frameFault } : {}), pose }
}

function planDefects(world: World, supply: Supply, byRate: RandomStream, byOrder: RandomStream): readonly PlannedDefect[] {
  const total = world.defects.reduce((sum, { rate }) => sum + rate, 0)
  const drawn = drawByRate(world.defects, byRate, supply.isDefective ? total : 1) ?? (supply.isDefective ? world.defects.at(-1) : undefined)
  const ordered = world.defects.filter(({ kind }) => supply.injected.includes(kind))
  return [
    ...(drawn && !supply.isGood ? [placeDefect(world, drawn, byRate)] : []),
    ...ordered.map((defect) => placeDefect(world, defect, byOrder)),
  ]
}

function planFrameFault(world: World, supply: Supply, random: RandomStream): FrameFaultKind | undefined {
  const drawn = drawByRate(world.frameFaults, random)
  const ordered = world.frameFaults.find(({ kind }) => supply.injected.includes(kind))
  return ordered?.kind ?? (supply.isGood || supply.isDefective ? undefined : drawn?.kind)
}

function drawByRate<T extends { readonly rate: number }>(choices: readonly T[], random: RandomStream, total = 1): T | undefined {
  let left = random.between(0, total)
  return choices.find(({ rate }) => (left -= rate) < 0)
}

function placeDefect({ defectZones }: World, { kind, sizePx, strength }: World['defects'][number], random: RandomStream): PlannedDefect {
  const zone = pickByArea(defectZones, random)
  return {
    kind,
    x: zone.x + random.between(0, zone.width),
    y: zone.y + random.between(0, zone.height),
    sizePx: random.between(...sizePx),
    strength: random.between(...strength),
    angle: random.between(0, Math.PI),
    seed: random.bits(),
  }
}

function pickByArea<T extends { readonly width: number; readonly height: number }>(zones: readonly T[], random: RandomStream): T {
  const total = zones.reduce((sum, { width, height }) => sum + width * height, 0)
  let left = random.between(0, total)
  return zones.find(({ width, height }) => (left -= width * height) < 0) ?? zones.at(-1)!
}
