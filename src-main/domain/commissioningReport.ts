import type { Shape } from './geometry.ts'
import type { MediaType } from './frame.ts'
import type { Sha256 } from './ids.ts'
import type { Software } from './inspection.ts'
import type { Proportion } from './recipe.ts'
import type { Role } from './role.ts'

/** How a station was commissioned, by whom, and what was measured on the way. JSON by its schema; the PDF says the same to people. */
export interface CommissioningReport {
  readonly schema: 1
  readonly station: string
  /** Wall time, ISO 8601. */
  readonly madeAt: string
  /** The recipe that commissioning ended in; null in a draft of this report. */
  readonly recipe: Sha256 | null
  readonly isSimulated: boolean
  readonly software: Software
  readonly steps: readonly ReportedStep[]
  readonly picture: ReportedPicture | null
  readonly regions: readonly ReportedRegion[]
  /** Kinds of defect that the station is known not to find, in the technician's words. */
  readonly notCovered: readonly string[]
  /** Files that all of this rests on; each is in the evidence store under its hash. */
  readonly files: readonly { readonly role: 'model' | 'baseline' | 'knownBad'; readonly sha256: Sha256 }[]
  readonly signatures: readonly ReportedSignature[]
}

export interface ReportedStep {
  readonly id: string
  readonly status: 'todo' | 'passed' | 'waived' | 'stale'
  readonly targetMinutes: number
  readonly spentSeconds: number
  readonly visits: number
  /** What was tried there and refused. */
  readonly setbacks: readonly { readonly code: string; readonly at: string }[]
  readonly waiver: { readonly reason: string; readonly who: string; readonly at: string } | null
  readonly figures: readonly ReportedFigure[]
}

/** A measured number with what it was measured by, and what it had to be. `name` and `instrument` are keys of the translations. */
export interface ReportedFigure {
  readonly name: string
  /** What it belongs to: a region's name, an output. */
  readonly of?: string
  readonly value: number
  readonly unit: '' | 'px' | 'ms' | 'deg' | 'mm' | 'share' | 'level'
  readonly limit?: { readonly bound: 'atLeast' | 'atMost'; readonly value: number }
  /** 95 %, exact, of n. */
  readonly interval?: Proportion
  readonly instrument: string
}

/** The first good part, which the regions were drawn for. */
export interface ReportedPicture {
  readonly sha256: Sha256
  readonly mediaType: MediaType
  readonly widthPx: number
  readonly heightPx: number
}

export interface ReportedRegion {
  readonly name: string
  readonly shape: Shape
  readonly masks: readonly Shape[]
  readonly model: Sha256
  readonly failAbove: number
  readonly unsureAbove: number
  /** Why the line lies where it does, in the technician's words. */
  readonly reason: string | null
  /** Cross-validated scores of the good parts, and scores of known-bad ones. */
  readonly goodScores: readonly number[]
  readonly knownBadScores: readonly number[]
}

export interface ReportedSignature {
  readonly name: string
  readonly role: Role
  readonly meaning: 'commissioned' | 'approved'
  readonly at: string
}
