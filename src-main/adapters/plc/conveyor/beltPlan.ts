import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** `permit`: a part is pushed off unless the accept output is on while it passes. `eject`: it stays on the belt unless the reject output pushes it off. */
export const gateKinds = ['permit', 'eject'] as const
export type GateKind = (typeof gateKinds)[number]

/** A conveyor as a fitter would describe it. The same plan gives the same parts at the same places for ever. */
export interface BeltPlan {
  readonly seed: number
  /** 0–1. */
  readonly defectiveShare: number
  readonly speedMmPerS: number
  /** The speed swings by this share of itself, once in ten seconds; 0–1. */
  readonly speedSwing: number
  /** Between the leading edges of neighbours, and how far each may be off. */
  readonly pitchMm: number
  readonly pitchJitterMm: number
  readonly partLengthMm: number
  /** How far past the trigger eye the camera still sees a part. */
  readonly viewMm: number
  /** An eye's output stays on so long at least, so that a slow scan does not miss a short part. */
  readonly eyeDwellMs: number
  /** From the camera, where the trigger eye is, to the ejector, and from there to the eyes of the exit and the reject bin. */
  readonly cameraToGateMm: number
  readonly gateToEyesMm: number
  readonly countsPerMm: number
  readonly gate: GateKind
  /** From the coil to the ejector's effect, on and off alike; and how long it must push before a part is off the belt. */
  readonly ejectorReactionMs: number
  readonly ejectorStrokeMs: number
  /** The output module switches everything off when it hears nothing for so long; null: it has no such watchdog. */
  readonly outputsHoldMs: number | null
  /** A relay in series with the accept output falls when its coil is not toggled for so long; null: there is none. */
  readonly aliveWithinMs: number | null
}

/** A line at walking pace, one part every 0.8 s. */
export const demoBelt: BeltPlan = {
  seed: 1,
  defectiveShare: 0.1,
  speedMmPerS: 250,
  speedSwing: 0.05,
  pitchMm: 200,
  pitchJitterMm: 20,
  partLengthMm: 40,
  viewMm: 100,
  eyeDwellMs: 20,
  cameraToGateMm: 150,
  gateToEyesMm: 60,
  countsPerMm: 10,
  gate: 'permit',
  ejectorReactionMs: 20,
  ejectorStrokeMs: 30,
  outputsHoldMs: 1_500,
  aliveWithinMs: null,
}

export interface PlannedPart {
  /** 1 and up, in the order on the belt. */
  readonly part: number
  readonly isDefective: boolean
  /** From the leading edge of the part before. */
  readonly gapMm: number
}

/** Part `part` of a plan, whatever was asked before. */
export function planPart({ seed, defectiveShare, pitchMm, pitchJitterMm }: BeltPlan, part: number): PlannedPart {
  const draw = drawsOf(seed, part)
  return { part, isDefective: draw() < defectiveShare, gapMm: pitchMm + (2 * draw() - 1) * pitchJitterMm }
}

/** Numbers in [0, 1), the same ones for the same two labels. */
export function drawsOf(seed: number, label: number): () => number {
  const generator = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ Math.imul(label, 0x85ebca6b))
  // Neighbouring seeds begin alike.
  for (let skipped = 0; skipped < 8; skipped++) generator.next()
  return () => uniformFloat64(generator)
}

/** mm/s at this moment of the belt's own time. */
export const speedAt = ({ speedMmPerS, speedSwing }: BeltPlan, atMs: number): number => speedMmPerS * (1 + speedSwing * Math.sin((2 * Math.PI * atMs) / 10_000))
