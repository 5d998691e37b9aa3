import { z } from 'zod'
import { mediaTypes } from '../../src-main/domain/frame.ts'
import { sha256Pattern } from '../../src-main/domain/ids.ts'
import { roles } from '../../src-main/domain/role.ts'

const Hash = z.string().regex(sha256Pattern)
const At = z.iso.datetime()
const Count = z.number().int().nonnegative()
const Point = z.object({ x: z.number(), y: z.number() })
const Outline = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rectangle'), x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  z.object({ kind: z.literal('polygon'), points: z.array(Point) }),
])

export const signatureMeanings = ['commissioned', 'approved'] as const
export const stepStatuses = ['todo', 'passed', 'waived', 'stale'] as const

const Signature = z.object({ name: z.string(), role: z.enum(roles), meaning: z.enum(signatureMeanings), at: At })

const Figure = z.object({
  name: z.string(),
  of: z.string().optional(),
  value: z.number(),
  unit: z.enum(['', 'px', 'ms', 'deg', 'mm', 'share', 'level']),
  limit: z.object({ bound: z.enum(['atLeast', 'atMost']), value: z.number() }).optional(),
  interval: z.object({ value: z.number(), low: z.number(), high: z.number(), n: Count }).optional(),
  instrument: z.string(),
})

/** The JSON of a commissioning report; `docs/commissioning-report.schema.json` is its JSON Schema, for readers without this program. */
export const CommissioningReport = z.object({
  schema: z.literal(1),
  station: z.string(),
  madeAt: At,
  recipe: Hash.nullable(),
  isSimulated: z.boolean(),
  software: z.object({ version: z.string(), node: z.string(), onnxruntime: z.string(), platform: z.string() }),
  steps: z.array(
    z.object({
      id: z.string(),
      status: z.enum(stepStatuses),
      targetMinutes: z.number(),
      spentSeconds: z.number().nonnegative(),
      visits: Count,
      setbacks: z.array(z.object({ code: z.string(), at: At })),
      waiver: z.object({ reason: z.string(), who: z.string(), at: At }).nullable(),
      figures: z.array(Figure),
    }),
  ),
  picture: z.object({ sha256: Hash, mediaType: z.enum(mediaTypes), widthPx: Count, heightPx: Count }).nullable(),
  regions: z.array(
    z.object({
      name: z.string(),
      shape: Outline,
      masks: z.array(Outline),
      model: Hash,
      failAbove: z.number(),
      unsureAbove: z.number(),
      reason: z.string().nullable(),
      goodScores: z.array(z.number()),
      knownBadScores: z.array(z.number()),
    }),
  ),
  notCovered: z.array(z.string()),
  files: z.array(z.object({ role: z.enum(['model', 'baseline', 'knownBad']), sha256: Hash })),
  signatures: z.array(Signature),
})

export const ReportEntry = z.object({ sha256: z.string(), station: z.string(), madeAt: z.string(), recipe: z.string(), signedBy: z.array(z.string()) })
export type ReportEntry = z.infer<typeof ReportEntry>
