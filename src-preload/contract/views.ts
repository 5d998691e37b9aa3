import { z } from 'zod'
import { healthStatuses } from '../../src-main/domain/health.ts'
import { dispositionNames, outcomes, reasonCodes } from '../../src-main/domain/verdict.ts'
import { stationModes, stationStates } from '../../src-main/domain/station.ts'
import { roles } from '../../src-main/domain/role.ts'
import { Proportion, RegionIdText, Shape, Point } from './recipe.ts'
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
