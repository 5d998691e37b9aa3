import { z } from 'zod'
import { healthStatuses } from '../../src-main/domain/health.ts'
import { dispositionNames, outcomes, reasonCodes } from '../../src-main/domain/verdict.ts'
import { stationModes, stationStates } from '../../src-main/domain/station.ts'
import { roles } from '../../src-main/domain/role.ts'
import { featureSettingNames } from '../../src-main/domain/recipe.ts'
import { AlignmentTravel, Calibration, Detector, ModelChoice, Proportion, Rectangle, RegionIdText, RegionLimits, SealedModel, Shape, Point, OutputWiring, CameraSettings, LineSettings } from './recipe.ts'
import { signatureMeanings, stepStatuses } from './report.ts'
import { LineView } from './lineView.ts'
import { Fault } from './resultOf.ts'

export const Health = z.object({ status: z.enum(healthStatuses), detail: z.string() })
export const Reason = z.object({ code: z.enum(reasonCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) })

/** One part as lists show it. */
export const PartSummary = z.object({
  resultId: z.string(),
  partId: z.string(),
  sequence: z.number().int(),
  outcome: z.enum(outcomes).nullable(),
  disposition: z.enum(dispositionNames),
  fault: Fault.nullable(),
  reasons: z.array(Reason),
  wallTime: z.string(),
  decisionMs: z.number().nullable(),
  isSimulated: z.boolean(),
  /** null while the output is under way. */
  readBack: z.enum(['agrees', 'disagrees', 'unknown', 'notWired']).nullable(),
})

export const JobView = z.object({
  id: z.string(),
  kind: z.enum(['captureBaseline', 'captureKnownBad', 'setAlignment', 'measureSettings', 'importModel', 'learn', 'scoreKnownBad', 'ioLoops', 'ioLink']),
  /** 0–1. */
  done: z.number().min(0).max(1),
  etaSeconds: z.number().nullable(),
  /** A key below `jobs.` in the translations. */
  stage: z.string(),
})

export const OutputLamp = z.object({ coil: z.number().int(), isOn: z.boolean(), pulses: z.number().int() })

export const StationView = z.object({
  mode: z.enum(stationModes),
  state: z.enum(stationStates),
  /** Why the station is not ready to judge, worst first; empty when it is. */
  notReady: z.array(Fault),
  /** Latched until somebody with at least this role clears it. */
  latchedFault: Fault.nullable(),
  clearedBy: z.enum(roles).nullable(),
  isSimulated: z.boolean(),
  recipe: z.object({ sha256: z.string(), name: z.string(), fingerprint: z.string() }).nullable(),
  regions: z.array(z.object({ id: RegionIdText, name: z.string(), shape: Shape, masks: z.array(Shape) })),
  frameSize: z.object({ widthPx: z.number(), heightPx: z.number() }).nullable(),
  health: z.object({ camera: Health, plc: Health, model: Health, disk: Health }),
  counters: z.object({
    inspections: z.number().int(),
    passes: z.number().int(),
    fails: z.number().int(),
    unsure: z.number().int(),
    faults: z.number().int(),
    rejects: z.number().int(),
    faultsByCode: z.record(z.string(), z.number().int()),
  }),
  /** Frame in memory → disposition, over the last 500 parts. */
  decisionMs: z.object({ p50: z.number(), p99: z.number(), n: z.number().int() }).nullable(),
  storage: z.object({ freeBytes: z.number(), hoursLeft: z.number().nullable() }).nullable(),
  outputs: z.object({ accept: OutputLamp.nullable(), reject: OutputLamp.nullable(), hold: OutputLamp.nullable() }),
  line: LineView,
  /** The last 12, newest first. */
  recent: z.array(PartSummary),
  /** Buttons of the simulated camera; null on a real one. */
  world: z.object({ source: z.string(), defects: z.array(z.string()), frameFaults: z.array(z.string()) }).nullable(),
  version: z.string(),
})
export type StationView = z.infer<typeof StationView>
export type PartSummary = z.infer<typeof PartSummary>
export type JobView = z.infer<typeof JobView>

export const stepIds = ['camera', 'regions', 'baseline', 'threshold', 'outputs', 'run'] as const

const CoveragePoint = Proportion.extend({ images: z.number().int() })

export const CommissioningView = z.object({
  /** Changes with every saved action; screens use it to drop late answers. */
  revision: z.number().int(),
  name: z.string(),
  steps: z.array(
    z.object({
      id: z.enum(stepIds),
      status: z.enum(stepStatuses),
      /** What it should take, what it has taken so far, and how often it was opened. */
      minutes: z.number(),
      spentSeconds: z.number(),
      visits: z.number().int(),
      mayBeWaived: z.boolean(),
      waiver: z.object({ reason: z.string(), who: z.string(), at: z.string() }).nullable(),
      /** Whether the steps before it allow it to be opened. */
      isOpen: z.boolean(),
      /** Keys below `wizard.missing.` in the translations: what is still needed here, with figures. */
      missing: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
    }),
  ),
  sources: z.array(z.object({ source: z.string(), kind: z.enum(['simulated', 'folder']), name: z.string() })),
  camera: z
    .object({
      source: z.string(),
      isSimulated: z.boolean(),
      achieved: CameraSettings,
      frameSize: z.object({ widthPx: z.number(), heightPx: z.number() }).nullable(),
    })
    .nullable(),
  regions: z.array(z.object({ id: RegionIdText, name: z.string(), shape: Shape, masks: z.array(Shape) })),
  /** How the part is found; null where parts lie still. */
  alignment: z
    .object({
      rectangle: Rectangle,
      travel: AlignmentTravel,
      /** Over the good parts there were when it was taught; null when there were none. Standard deviations. */
      spread: z.object({ frames: z.number().int(), found: z.number().int(), shiftSdPx: z.number(), rotationSdDeg: z.number(), lowestScore: z.number() }).nullable(),
    })
    .nullable(),
  calibration: Calibration.nullable(),
  modelling: z.object({
    /** null: not said yet. */
    cycleTimeMs: z.number().nullable(),
    choice: ModelChoice,
    /** A file that is learnt from in place of the station's own features. */
    source: z.object({ kind: z.enum(['backbone', 'anomalib']), path: z.string(), sha256: z.string() }).nullable(),
    /** What all regions of one part take on this machine in each setting, by the chosen method; null before it was measured for these regions. */
    timings: z.array(z.object({ setting: z.enum(featureSettingNames), latencyMs: z.number() })).nullable(),
    /** `fits` is false when even the fast setting takes more than its share of the cycle. */
    proposal: z.object({ setting: z.enum(featureSettingNames), fits: z.boolean() }).nullable(),
  }),
  detectors: z.array(z.object({ regionId: RegionIdText, file: z.string(), isStale: z.boolean(), detector: Detector })),
  baseline: z.object({
    minimum: z.number().int(),
    recommended: z.number().int(),
    usable: z.number().int(),
    frames: z.array(
      z.object({
        id: z.string(),
        focus: z.number(),
        meanLevel: z.number(),
        /** blurred, dark, bright, clipped, duplicate: flagged frames are not learnt from. */
        flags: z.array(z.enum(['blurred', 'dark', 'bright', 'clipped', 'duplicate'])),
        /** Known to be defective by the simulated world; shown in the demo only. */
        isSimulatedDefect: z.boolean(),
      }),
    ),
    /** What the scores of the good images say about them; null before anything was learnt. */
    coach: z
      .object({
        /** Images that hardly belong to the rest. */
        outliers: z.array(z.string()),
        /** Images that show nearly the same as an earlier one. */
        repeats: z.array(z.string()),
        /** How well the share of rejected good parts is known with so many good images. */
        points: z.array(CoveragePoint),
        now: CoveragePoint,
        doubled: CoveragePoint,
        isWorthMore: z.boolean(),
      })
      .nullable(),
  }),
  knownBad: z.object({
    /** `notScorable`: why its picture cannot be scored by the present models. */
    parts: z.array(z.object({ id: z.string(), kind: z.string(), notScorable: Fault.nullable() })),
    /** Parts that the present models have not scored, because a job was cancelled. */
    unscored: z.number().int(),
  }),
  learnt: z
    .array(
      z.object({
        regionId: RegionIdText,
        model: SealedModel,
        limits: RegionLimits,
        /** What the good images alone propose; the line may be moved away from it. */
        proposed: z.object({ q90: z.number(), q95: z.number() }),
        holdOutScores: z.array(z.number()),
        /** Same order as holdOutScores. */
        frameIds: z.array(z.string()),
        /** Scores of known-bad parts by this model, in the order in which they were taken. */
        knownBad: z.array(z.object({ id: z.string(), score: z.number() })),
        seconds: z.number(),
      }),
    )
    .nullable(),
  plc: z.object({ target: z.string(), isSimulated: z.boolean(), health: Health }).nullable(),
  wiring: OutputWiring,
  /** null: the camera triggers, parts are counted and nothing is confirmed. */
  line: LineSettings.nullable(),
  /** Outputs fired by hand, and whether the technician saw them. */
  tests: z.array(
    z.object({
      output: z.enum(dispositionNames),
      readBack: z.enum(['agrees', 'disagrees', 'unknown', 'notWired']),
      onMs: z.number().nullable(),
      offMs: z.number().nullable(),
      fault: Fault.nullable(),
      confirmed: z.boolean(),
    }),
  ),
  /** Kinds of defect that this station is known not to find. */
  notCovered: z.array(z.string()),
  /** Those given for what is shown here; any change makes them void. */
  signatures: z.array(z.object({ name: z.string(), role: z.enum(roles), meaning: z.enum(signatureMeanings), at: z.string() })),
  jobs: z.array(JobView),
})
export type CommissioningView = z.infer<typeof CommissioningView>

export const LiveFrame = z.object({
  sequence: z.number().int(),
  /** The inspection this picture belongs to; null for a preview. */
  resultId: z.string().nullable(),
  jpeg: z.instanceof(Blob),
  widthPx: z.number(),
  heightPx: z.number(),
  quality: z.object({ focus: z.number(), meanLevel: z.number(), clippedFraction: z.number(), histogram: z.array(z.number()) }),
  isSimulated: z.boolean(),
})
export type LiveFrame = z.infer<typeof LiveFrame>

export const Pose = z.object({ dxPx: z.number(), dyPx: z.number(), rotationDeg: z.number(), pivot: Point, score: z.number() })

const Figure = z.record(z.string(), z.number())

export const InspectionView = z.object({
  summary: PartSummary,
  recipe: z.string(),
  recipeName: z.string(),
  readings: z.array(
    z.object({
      regionId: RegionIdText,
      regionName: z.string(),
      model: z.string(),
      score: z.number(),
      failAbove: z.number(),
      unsureAbove: z.number(),
      areaPx: z.number(),
      peak: Point,
      provider: z.string(),
      /** What the fast model of a two-stage region made of it; up to `passUpTo` the score above is its own. */
      screening: z.object({ model: z.string(), score: z.number(), passUpTo: z.number() }).optional(),
      /** What a detector found, the surest first; absent where the region has none. */
      detections: z.array(z.object({ defectClass: z.string(), confidence: z.number(), counts: z.boolean(), box: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }) })).optional(),
      /** Heat over the region's bounding box: heat = cell × heatPerCount, row-major. */
      heatmap: z.object({
        bounds: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
        /** Where the part lay, when it was aligned: the box is then a place of the golden frame. */
        pose: Pose.optional(),
        mapWidth: z.number(),
        mapHeight: z.number(),
        heatPerCount: z.number(),
        cells: z.array(z.number().int().min(0).max(255)),
      }),
    }),
  ),
  checks: z.array(z.object({ name: z.string(), measured: z.number(), limit: z.number(), passed: z.boolean() })),
  timingsMs: Figure,
  image: z.object({ sha256: z.string(), file: z.string(), bytes: z.number() }).nullable(),
  truth: z.object({ isDefective: z.boolean(), defects: z.array(z.string()), frameFault: z.string().optional() }).nullable(),
})
export type InspectionView = z.infer<typeof InspectionView>

export const ReplayView = z.object({ parts: z.number().int(), changed: z.number().int(), undecided: z.number().int(), passBefore: z.number().int(), passAfter: z.number().int() })
export type ReplayView = z.infer<typeof ReplayView>

const PersonView = z.object({ id: z.string(), name: z.string(), role: z.enum(roles) })

/** While there are no people, everybody may do everything. */
export const SessionView = z.object({ role: z.enum(roles), person: PersonView.nullable(), people: z.array(PersonView) })
export { Proportion }
