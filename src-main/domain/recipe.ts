import type { Alignment } from './alignment.ts'
import type { CameraSettings } from './frame.ts'
import type { Shape } from './geometry.ts'
import type { RegionId, Sha256 } from './ids.ts'
import type { LineSettings } from './lineSettings.ts'
import type { ParitySeal } from './paritySeal.ts'

/** What good looks like. Immutable: its SHA-256 over canonical JSON is its version. */
export interface Recipe {
  readonly schema: 1
  readonly name: string
  readonly camera: { readonly source: string; readonly settings: CameraSettings }
  readonly frame: FrameLimits
  /** Where it is absent, regions are places in the picture; where it is present, places on the part. */
  readonly alignment?: Alignment
  /** Absent: sizes are known in pixels only. */
  readonly calibration?: Calibration
  readonly regions: readonly Region[]
  readonly outputs: OutputWiring
  readonly line?: LineSettings
  /** A recipe without one runs unproven: it was made before there were seals. */
  readonly seal?: ParitySeal
}

/** How large a pixel is on the part, where the camera looks straight down on it. */
export interface Calibration {
  readonly mmPerPx: number
}

/** With fewer good images a threshold from their own scores means nothing. */
export const minimumBaselineImages = 20

/** Limits of `checkFrame`. Levels 0–255, fractions 0–1. */
export interface FrameLimits {
  readonly widthPx: number
  readonly heightPx: number
  /** Larger images are refused before they are decoded. */
  readonly maxPixels: number
  /** Median Laplacian variance of the baseline. */
  readonly focusReference: number
  /** A frame needs at least this share of the reference … */
  readonly focusMinRatio: number
  /** … and at least this variance, whatever the reference says. */
  readonly focusFloor: number
  readonly meanMin: number
  readonly meanMax: number
  readonly clippedMax: number
  readonly refuseRepeats: boolean
}

export interface Region {
  readonly id: RegionId
  readonly name: string
  readonly shape: Shape
  /** Parts of the shape that are not looked at. */
  readonly masks: readonly Shape[]
  readonly model: SealedModel
  /** Of the scores that `model` gives. */
  readonly limits: RegionLimits
  /** Looks first, and spares a region that it finds harmless the slower `model`. Absent: `model` looks at every part. */
  readonly screen?: Screen
  /** Looks for known defects beside the model, which looks for anything unusual; the worse of the two decides. Absent: none. */
  readonly detector?: Detector
}

/** The first of two stages: a region that its model scores at or below `passUpTo` passes at once, above it the region's own model decides. */
export interface Screen {
  readonly model: SealedModel
  readonly passUpTo: number
}

/** Facts about a sealed detector, and which of its findings count. */
export interface Detector {
  readonly sha256: Sha256
  readonly bytes: number
  /** The hash of the file that was imported, and how its outputs are read. */
  readonly origin: string
  readonly inputWidthPx: number
  readonly inputHeightPx: number
  readonly classes: readonly DefectClass[]
  /** Of two boxes of one class that overlap by more than this share of their union, the surer one stays. */
  readonly overlapMax: number
}

/** What follows from a defect: critical and major ones fail the part, a minor one makes it unsure. */
export const severities = ['critical', 'major', 'minor'] as const
export type Severity = (typeof severities)[number]

/** A kind of defect by the station's own name, whatever the detector calls it. */
export interface DefectClass {
  readonly name: string
  /** Numbers of the detector's labels that mean it. */
  readonly labels: readonly number[]
  /** What the detector calls it, where that is another name. */
  readonly aliases?: readonly string[]
  readonly severity: Severity
  /** Findings that are less sure (0–1), or smaller in px² of the image, do not count. */
  readonly minConfidence: number
  readonly minAreaPx: number
}

/** Gaussians that know each place of the part (padim), or one memory of normal patches wherever they lie (patchcore). */
export const anomalyMethods = ['padim', 'patchcore'] as const
export type AnomalyMethod = (typeof anomalyMethods)[number]

export const featureSettingNames = ['fast', 'standard', 'detailed'] as const
export type FeatureSettingName = (typeof featureSettingNames)[number]

/** What is decided about a region's model before it learns. */
export interface ModelChoice {
  readonly method: AnomalyMethod
  readonly setting: FeatureSettingName
}

export const defaultModelChoice: ModelChoice = { method: 'padim', setting: 'standard' }

/** Facts about a sealed model file; the file itself is found by its hash. */
export interface SealedModel {
  readonly sha256: Sha256
  readonly bytes: number
  /** `imported`: it came trained, from somewhere else. */
  readonly method: AnomalyMethod | 'imported'
  /** Absent: standard. */
  readonly setting?: FeatureSettingName
  readonly features: string
  readonly inputWidthPx: number
  readonly inputHeightPx: number
  readonly mapWidth: number
  readonly mapHeight: number
  readonly baselineImages: number
  readonly seed: number
}

/** Anomaly scores above `unsureAbove` are unsure, above `failAbove` fail (unsureAbove ≤ failAbove). */
export interface RegionLimits {
  readonly failAbove: number
  readonly unsureAbove: number
  /** The largest connected area over the limit must reach this, in px² of the image; 0 asks for no area. */
  readonly minAreaPx: number
  /** A region fails when it was over its limit in at least `count` of the last `of` parts; 1 of 1 is no persistence. */
  readonly persistence: { readonly count: number; readonly of: number }
  readonly basis: ThresholdBasis
}

/** Where a threshold comes from, so that an auditor can follow it. */
export interface ThresholdBasis {
  readonly rule: 'q90' | 'q95' | 'technician'
  readonly goodImages: number
  /** Expected share of good parts above the threshold, with an exact 95 % interval. */
  readonly expectedFalseRejects: Proportion
  /** Expected share of defective parts that are accepted; absent where no known-bad part was shown, so that nobody can know. */
  readonly expectedMisses?: Proportion
  /** Known-bad parts that `expectedMisses` comes from. */
  readonly knownBad?: number
  /** Why the technician chose this line, in the technician's words. */
  readonly reason?: string
  /** What a miss was said to cost, in false rejects, where the line was proposed by cost. */
  readonly costRatio?: number
}

/** A share with its exact (Clopper–Pearson) 95 % interval. */
export interface Proportion {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

export const outputNames = ['accept', 'reject', 'hold'] as const
export type OutputName = (typeof outputNames)[number]

/** One coil. Delay 0–10,000 ms, pulse 5–1,000 ms. */
export interface OutputLine {
  /** 0-based Modbus address. */
  readonly coil: number
  readonly delayMs: number
  readonly pulseMs: number
  /** What the delay counts from; absent: the decision. */
  readonly delayFrom?: 'decision' | 'trigger'
  /** Where the belt's speed varies: delay from the trigger's encoder count, and pulse, in counts. The times above are then not used. */
  readonly counts?: { readonly delay: number; readonly pulse: number }
}

/** A reject line is always wired. Where no hold line is, a part that would be held is rejected. */
export interface OutputWiring {
  readonly accept?: OutputLine
  readonly reject: OutputLine
  readonly hold?: OutputLine
}

/** Every file that the recipe needs, region by region: the model, then the screen and the detector of those that have one. */
export const modelsOf = ({ regions }: Pick<Recipe, 'regions'>): readonly (SealedModel | Detector)[] =>
  regions.flatMap(({ model, screen, detector }) => [model, ...(screen ? [screen.model] : []), ...(detector ? [detector] : [])])
