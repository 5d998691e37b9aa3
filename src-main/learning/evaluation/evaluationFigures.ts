import type { FaultCode } from '../../domain/fault.ts'
import type { Proportion } from '../../domain/recipe.ts'
import { clopperPearson } from '../../domain/clopperPearson.ts'
import { averagePrecision } from './averagePrecision.ts'
import { auroc } from './rocArea.ts'

/** What one test image gave. */
export interface Observation {
  /** undefined for a good part. */
  readonly defect: string | undefined
  /** How far the worst region's score is over its threshold. */
  readonly margin: number
  readonly isRejected: boolean
  readonly meanLevel: number
  readonly focus: number
  /** The fault with which the station would have held the frame before any model saw it. */
  readonly refusedFor: FaultCode | undefined
}

export interface DefectFigures {
  readonly images: number
  readonly imageAuroc: number | null
  readonly recall: Proportion
}

export interface EvaluationFigures {
  readonly imageAuroc: number | null
  readonly averagePrecision: number | null
  readonly falseRejectRate: Proportion
  readonly recall: Proportion
  readonly perDefect: Readonly<Record<string, DefectFigures>>
  /** Of the mean level and of the focus alone, higher taken for defective: far from 0.5 either way, the set is told by its light. */
  readonly brightnessAuroc: number | null
  readonly sharpnessAuroc: number | null
  readonly refusedFrames: Readonly<Partial<Record<FaultCode, number>>>
}

/** Where the brightness or the sharpness alone separates good from defective so well, the figures say little about defects. */
const suspiciousAuroc = 0.75

export function evaluationFigures(observations: readonly Observation[]): EvaluationFigures {
  const good = observations.filter((one) => one.defect === undefined)
  const bad = observations.filter((one) => one.defect !== undefined)
  const areaOf = (pick: (one: Observation) => number, positives = bad): number | null => auroc(positives.map(pick), good.map(pick))
  const margin = (one: Observation): number => one.margin
  const defects = [...new Set(bad.map((one) => one.defect!))]
  const perDefect = defects.map((defect): [string, DefectFigures] => {
    const images = bad.filter((one) => one.defect === defect)
    return [defect, { images: images.length, imageAuroc: areaOf(margin, images), recall: rejectedOf(images) }]
  })
  return {
    imageAuroc: areaOf(margin),
    averagePrecision: averagePrecision(bad.map(margin), good.map(margin)),
    falseRejectRate: rejectedOf(good),
    recall: rejectedOf(bad),
    perDefect: Object.fromEntries(perDefect),
    brightnessAuroc: areaOf((one) => one.meanLevel),
    sharpnessAuroc: areaOf((one) => one.focus),
    refusedFrames: countRefusals(observations),
  }
}

/** Why the figures may flatter or mislead, in sentences; empty when nothing was found. */
export function warningsOf({ brightnessAuroc, sharpnessAuroc, refusedFrames }: EvaluationFigures): readonly string[] {
  const tells = [['brightness', brightnessAuroc], ['sharpness', sharpnessAuroc]] as const
  const refused = Object.entries(refusedFrames).map(([code, count]) => `${count} ${code}`)
  return [
    ...tells.flatMap(([what, area]) => (area !== null && Math.abs(area - 0.5) > suspiciousAuroc - 0.5
      ? [`${what} alone separates good from defective with AUROC ${area.toFixed(3)}: the pictures may differ by more than their defects`]
      : [])),
    ...(refused.length > 0 ? [`the station would have refused some of these frames before any model saw them: ${refused.join(', ')}`] : []),
  ]
}

const rejectedOf = (images: readonly Observation[]): Proportion => clopperPearson(images.filter((one) => one.isRejected).length, images.length)

function countRefusals(observations: readonly Observation[]): Partial<Record<FaultCode, number>> {
  const counts: Partial<Record<FaultCode, number>> = {}
  for (const { refusedFor } of observations) if (refusedFor) counts[refusedFor] = (counts[refusedFor] ?? 0) + 1
  return counts
}
