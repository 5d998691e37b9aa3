import { z } from 'zod'
import { mediaTypes } from '../../src-main/domain/frame.ts'
import { sha256Pattern, type RegionId, type Sha256 } from '../../src-main/domain/ids.ts'
import { wordOrders } from '../../src-main/domain/lineSignals.ts'
import { anomalyMethods, featureSettingNames, severities, type Recipe as DomainRecipe } from '../../src-main/domain/recipe.ts'

export const Sha256Text = z.string().regex(sha256Pattern).transform((text) => text as Sha256)
export const RegionIdText = z.string().min(1).max(64).transform((text) => text as RegionId)

const Pixels = z.number().int().positive().max(100_000)
const Coordinate = z.number().min(-100_000).max(100_000)

export const Point = z.object({ x: Coordinate, y: Coordinate })
export const Rectangle = z.object({ kind: z.literal('rectangle'), x: Coordinate, y: Coordinate, width: z.number().positive(), height: z.number().positive() })
export const Shape = z.discriminatedUnion('kind', [
  Rectangle,
  z.object({ kind: z.literal('polygon'), points: z.array(Point).min(3).max(500) }),
])

export const AlignmentTravel = z.object({ shiftPx: z.number().nonnegative().max(10_000), rotationDeg: z.number().nonnegative().max(45) })

export const CameraSettings = z.object({
  exposureUs: z.number().positive().optional(),
  gainDb: z.number().optional(),
  widthPx: Pixels.optional(),
  heightPx: Pixels.optional(),
  triggerMode: z.literal('software').optional(),
})

export const FrameLimits = z.object({
  widthPx: Pixels,
  heightPx: Pixels,
  maxPixels: z.number().int().positive(),
  focusReference: z.number().nonnegative(),
  focusMinRatio: z.number().min(0).max(1),
  focusFloor: z.number().nonnegative(),
  meanMin: z.number().min(0).max(255),
  meanMax: z.number().min(0).max(255),
  clippedMax: z.number().min(0).max(1),
  refuseRepeats: z.boolean(),
})

export const Proportion = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number().int() })

export const RegionLimits = z
  .object({
    failAbove: z.number(),
    unsureAbove: z.number(),
    minAreaPx: z.number().nonnegative(),
    persistence: z.object({ count: z.number().int().min(1), of: z.number().int().min(1).max(100) }),
    basis: z.object({
      rule: z.enum(['q90', 'q95', 'technician']),
      goodImages: z.number().int(),
      expectedFalseRejects: Proportion,
      expectedMisses: Proportion.optional(),
      knownBad: z.number().int().positive().optional(),
      reason: z.string().min(1).max(500).optional(),
      costRatio: z.number().positive().optional(),
    }),
  })
  .refine((limits) => limits.unsureAbove <= limits.failAbove, 'unsureAbove must not be over failAbove')
  .refine((limits) => limits.persistence.count <= limits.persistence.of, 'persistence.count must not be over persistence.of')

export const ModelChoice = z.object({ method: z.enum(anomalyMethods), setting: z.enum(featureSettingNames) })

export const SealedModel = z.object({
  sha256: Sha256Text,
  bytes: z.number().int().positive(),
  method: z.enum([...anomalyMethods, 'imported']),
  setting: z.enum(featureSettingNames).optional(),
  features: z.string(),
  inputWidthPx: Pixels,
  inputHeightPx: Pixels,
  mapWidth: Pixels,
  mapHeight: Pixels,
  baselineImages: z.number().int().nonnegative(),
  seed: z.number().int(),
})

export const Alignment = z.object({
  rectangle: z.object({ kind: z.literal('rectangle'), x: z.number().int().nonnegative(), y: z.number().int().nonnegative(), width: Pixels, height: Pixels }),
  template: z
    .object({ reduction: z.number().int().positive().max(1_000), widthPx: Pixels.max(1_000), heightPx: Pixels.max(1_000), pixels: z.base64() })
    .refine(({ widthPx, heightPx, pixels }) => pixels.length === 4 * Math.ceil((widthPx * heightPx) / 3), 'the template has another number of levels than its size says'),
  travel: AlignmentTravel,
  minScore: z.number().min(-1).max(1),
})

export const Detector = z.object({
  sha256: Sha256Text,
  bytes: z.number().int().positive(),
  origin: z.string(),
  inputWidthPx: Pixels,
  inputHeightPx: Pixels,
  classes: z
    .array(
      z.object({
        name: z.string().min(1).max(80),
        labels: z.array(z.number().int().nonnegative()).min(1),
        aliases: z.array(z.string().max(200)).optional(),
        severity: z.enum(severities),
        minConfidence: z.number().min(0).max(1),
        minAreaPx: z.number().nonnegative(),
      }),
    )
    .min(1)
    .refine((classes) => { const labels = classes.flatMap((one) => one.labels); return new Set(labels).size === labels.length }, 'a label belongs to two classes'),
  overlapMax: z.number().min(0).max(1),
})

export const Region = z.object({
  id: RegionIdText,
  name: z.string().min(1).max(80),
  shape: Shape,
  masks: z.array(Shape).max(50),
  model: SealedModel,
  limits: RegionLimits,
  screen: z.object({ model: SealedModel, passUpTo: z.number() }).optional(),
  detector: Detector.optional(),
})

const Address = z.number().int().min(0).max(65_535)

export const OutputLine = z.object({
  coil: Address,
  delayMs: z.number().min(0).max(10_000),
  pulseMs: z.number().min(5).max(1_000),
  delayFrom: z.enum(['decision', 'trigger']).optional(),
  counts: z.object({ delay: z.number().int().nonnegative(), pulse: z.number().int().positive() }).optional(),
})

export const OutputWiring = z
  .object({ accept: OutputLine.optional(), reject: OutputLine, hold: OutputLine.optional() })
  .refine((wiring) => {
    const coils = [wiring.accept, wiring.reject, wiring.hold].flatMap((line) => (line ? [line.coil] : []))
    return new Set(coils).size === coils.length
  }, 'two outputs share a coil')

export const BeltFacts = z.object({
  beltSpeedMmPerS: z.number().positive().max(20_000),
  cameraToEjectorMm: z.number().nonnegative().max(100_000),
  partPitchMm: z.number().positive().max(100_000),
  ejectorReactionMs: z.number().nonnegative().max(10_000),
})

export const LineSettings = z.object({
  trigger: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['camera', 'plc', 'software']) }),
    z.object({ kind: z.literal('input'), input: Address, edge: z.enum(['rising', 'falling']), debounceMs: z.number().min(0).max(1_000) }),
    z.object({ kind: z.literal('interval'), everyMs: z.number().min(10).max(3_600_000) }),
  ]),
  partIds: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('counter'), prefix: z.string().max(40) }),
    z.object({ kind: z.enum(['camera', 'plc']) }),
    z.object({ kind: z.literal('barcode'), path: z.string().min(1).max(300), baud: z.number().int().min(1_200).max(921_600), prefix: z.string().max(20), suffix: z.string().min(1).max(20) }),
  ]),
  inputs: z.object({ rejectConfirmed: Address.optional(), exitEye: Address.optional() }).optional(),
  confirmWithinMs: z.number().positive().max(60_000).optional(),
  encoder: z.object({ register: Address, space: z.enum(['inputRegister', 'holdingRegister']).optional(), wordOrder: z.enum(wordOrders), countsPerMm: z.number().positive() }).optional(),
  deadlineMs: z.number().positive().max(60_000),
  stopAfter: z.object({ rejectsInARow: z.number().int().min(1).max(1_000), noDecisionsInARow: z.number().int().min(1).max(1_000) }),
  belt: BeltFacts.optional(),
  aliveCoil: Address.optional(),
})

export const ParitySeal = z.object({
  frames: z.array(z.object({ image: Sha256Text, mediaType: z.enum(mediaTypes), scores: z.record(z.string(), z.number()) })).min(1).max(100),
  tolerance: z.number().positive().max(1),
  madeWith: z.object({ provider: z.string(), version: z.string(), onnxruntime: z.string() }),
})

export const Calibration = z.object({ mmPerPx: z.number().positive().max(1_000) })

export const Recipe: z.ZodType<DomainRecipe> = z.object({
  schema: z.literal(1),
  name: z.string().min(1).max(120),
  camera: z.object({ source: z.string(), settings: CameraSettings }),
  frame: FrameLimits,
  alignment: Alignment.optional(),
  calibration: Calibration.optional(),
  regions: z.array(Region).min(1).max(50),
  outputs: OutputWiring,
  line: LineSettings.optional(),
  seal: ParitySeal.optional(),
})
