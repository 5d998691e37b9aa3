import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fault } from '../../../domain/fault.ts'
import { fail, succeed, type Result } from '../../../domain/result.ts'

const Coordinate = z.number().min(-2_000).max(2_000)
const Length = z.number().positive().max(2_000)
const Share = z.number().min(0).max(1)
const Colour = z.tuple([Share, Share, Share])
const Span = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, 'the first number must not be over the second')
const At = { x: Coordinate, y: Coordinate }

export const defectKinds = ['scratch', 'dent', 'missingFeature', 'stain', 'smear'] as const
export type DefectKind = (typeof defectKinds)[number]
export const frameFaultKinds = ['dark', 'blurred', 'saturated', 'repeated', 'lost'] as const
export type FrameFaultKind = (typeof frameFaultKinds)[number]

/** Coordinates of a part have their origin in the middle of the picture, x to the right, y down, in pixels. Colours are shares of white. */
const Plate = z.strictObject({
  kind: z.literal('plate'),
  widthPx: Length,
  heightPx: Length,
  cornerPx: Length,
  metal: Colour,
  nest: Colour,
  bore: z.strictObject({ ...At, radiusPx: Length, turnedRadiusPx: Length }),
  holes: z.array(z.strictObject({ ...At, radiusPx: Length })).min(1),
  slots: z.array(z.strictObject({ ...At, lengthPx: Length, radiusPx: Length })),
  marking: z.strictObject({ ...At, text: z.string().min(1), heightPx: Length }),
})
const Cap = z.strictObject({
  kind: z.literal('cap'),
  radiusPx: Length,
  knurls: z.int().min(8),
  plastic: Colour,
  ink: Colour,
  accent: Colour,
  belt: Colour,
  upperText: z.string().min(1),
  lowerText: z.string().min(1),
  code: z.string().min(1),
})
const Weave = z.strictObject({
  kind: z.literal('weave'),
  warpPx: Length,
  weftPx: Length,
  warp: Colour,
  weft: Colour,
  /** Every how many warp threads a coloured one runs, and its colour. */
  stripeEvery: z.int().min(2),
  stripe: Colour,
})

const GrainLayer = z.strictObject({ xPx: Length, yPx: Length, amount: Share })
const Defect = z.strictObject({ kind: z.enum(defectKinds), rate: Share, sizePx: Span, strength: Span })
const FrameFault = z.strictObject({ kind: z.enum(frameFaultKinds), rate: Share })
const shareOf = (rates: readonly { rate: number }[]): number => rates.reduce((sum, { rate }) => sum + rate, 0)

const WorldFile = z.strictObject({
  schema: z.literal(1),
  title: z.string().min(1),
  partIntervalMs: z.number().min(20).max(600_000),
  camera: z.strictObject({
    widthPx: z.int().min(64).max(4_096),
    heightPx: z.int().min(64).max(4_096),
    /** The exposure at which the light of this world gives the levels its colours stand for, at 0 dB. */
    exposureUs: z.number().positive(),
    /** Standard deviation of the noise in grey levels: of a black pixel, and what the square root of the level adds. */
    readNoise: z.number().min(0).max(20),
    shotNoise: z.number().min(0).max(2),
    vignette: Share,
  }),
  /** How far one good part differs from the next: ± these. Light is a share. */
  variation: z.strictObject({ shiftPx: z.number().min(0).max(8), rotationDeg: z.number().min(0).max(2), light: Share.max(0.5) }),
  grain: z.array(GrainLayer).max(6),
  subject: z.discriminatedUnion('kind', [Plate, Cap, Weave]),
  /** Where scratches, dents, stains and smears may have their middle. */
  defectZones: z.array(z.strictObject({ ...At, width: Length, height: Length })).min(1),
  defects: z.array(Defect).refine((defects) => shareOf(defects) <= 1, 'the rates sum to more than 1'),
  frameFaults: z.array(FrameFault).refine((faults) => shareOf(faults) <= 1, 'the rates sum to more than 1'),
})

export type WorldDescription = z.infer<typeof WorldFile>
export type World = WorldDescription & { readonly name: string }
export type PlateDescription = z.infer<typeof Plate>
export type CapDescription = z.infer<typeof Cap>
export type WeaveDescription = z.infer<typeof Weave>
export type GrainLayer = z.infer<typeof GrainLayer>
export type Colour = z.infer<typeof Colour>

/**
 * Loads `<directory>/<world>.json`, or the file that `world` names when it ends in .json. Fault: request/notFound without the file,
 * request/invalid with the file and the field that is wrong.
 */
export async function loadWorld(world: string, directory: string): Promise<Result<World>> {
  const isPath = world.toLowerCase().endsWith('.json')
  const file = isPath ? world : join(directory, `${world}.json`)
  if (!isPath && !/^[\w-]+$/.test(world)) return fail(fault('request/invalid', `"${world}" is neither a world's name nor the path of a .json file`))
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return fail(fault('request/notFound', `world file ${file} cannot be read: ${(error as Error).message}`))
  }
  return parseWorld(text, file)
}

export function parseWorld(text: string, file: string): Result<World> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fail(fault('request/invalid', `world file ${file} is not JSON: ${(error as Error).message}`))
  }
  const parsed = WorldFile.safeParse(json)
  if (parsed.success) return succeed({ ...parsed.data, name: file.replace(/^.*[/\\]/, '').replace(/\.json$/i, '') })
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
  return fail(fault('request/invalid', `world file ${file}: ${problems.join('; ')}`))
}
