import { z } from 'zod'
import { dispositionNames } from '../../src-main/domain/verdict.ts'
import { roles } from '../../src-main/domain/role.ts'
import { featureSettingNames } from '../../src-main/domain/recipe.ts'
import { AlignmentTravel, Calibration, Detector, ModelChoice, Proportion, Rectangle, RegionIdText, RegionLimits, SealedModel, Shape, OutputWiring, CameraSettings, LineSettings } from './recipe.ts'
import { signatureMeanings, stepStatuses } from './report.ts'
import { Fault } from './resultOf.ts'
import { Health, JobView } from './views.ts'

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
