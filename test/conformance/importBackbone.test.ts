import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onnxModel } from '../../src-main/adapters/model/onnxModel.ts'
import type { RegionId } from '../../src-main/domain/ids.ts'
import type { AnomalyMethod } from '../../src-main/domain/recipe.ts'
import type { Result } from '../../src-main/domain/result.ts'
import { backboneLearner } from '../../src-main/hosts/importing/backboneLearner.ts'
import type { ChosenBackbone } from '../../src-main/hosts/importing/chooseBackbone.ts'
import { readForeignModel } from '../../src-main/hosts/importing/readForeignModel.ts'
import type { EnrolledRegion } from '../../src-main/ports/learner.ts'
import { altered, backboneModel, withOpenSides, type BackboneLayout } from '../support/backboneModel.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { hashOf, withExternalData } from '../support/smallModel.ts'
import { texturedCrop, texturedCrops } from '../support/texturedCrops.ts'

const size = { widthPx: 64, heightPx: 64 }
const crops = texturedCrops(48, size)
let folder: string
let named = 0

beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'backbone-')) })
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(bytes: Uint8Array): Promise<string> {
  const file = join(folder, `backbone-${named++}.onnx`)
  await writeFile(file, bytes)
  return file
}

interface Options {
  readonly method?: AnomalyMethod
  readonly outputs?: readonly string[]
  readonly pictures?: readonly Uint8Array[]
}

async function enrolWith(bytes: Uint8Array, { method = 'padim', outputs, pictures = crops }: Options = {}): Promise<Result<EnrolledRegion & { readonly backbone: ChosenBackbone }>> {
  const opened = await readForeignModel(await fileOf(bytes))
  if (!opened.ok) return opened
  let backbone: ChosenBackbone | undefined
  const learner = backboneLearner(opened.value, { method, ...(outputs && { outputs }) }, (chosen) => { backbone = chosen })
  const region = { id: 'r1' as RegionId, shape: { kind: 'rectangle', x: 0, y: 0, width: 64, height: 64 }, masks: [], method, setting: 'standard', inputWidthPx: 64, inputHeightPx: 64, crops: pictures } as const
  const enrolled = await learner.enrol({ regions: [region], seed: 1 }, () => undefined, new AbortController().signal)
  return enrolled.ok ? { ok: true, value: { ...enrolled.value[0]!, backbone: backbone! } } : enrolled
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.fault.detail)
  return result.value
}
const complaintOf = (result: Result<unknown>): string => (result.ok ? 'it was taken in' : `${result.fault.code}: ${result.fault.detail}`)

/** As the station would: loaded by its hash, in the inference process. */
async function scoresOf({ model: { sha256 }, modelBytes }: EnrolledRegion, pictures: readonly Uint8Array[]): Promise<readonly number[]> {
  const model = onnxModel({ entry: new URL('../../src-main/hosts/inferenceProcess.ts', import.meta.url), clock: fakeClock(), threads: 1 })
  try {
    valueOf(await model.load(sha256, modelBytes))
    return valueOf(await model.run(pictures.map((data) => ({ regionId: 'r1', model: sha256, ...size, data })), 30_000)).map(({ score }) => score)
  } finally {
    await model.close()
  }
}

describe("somebody else's backbone", () => {
  it.each<BackboneLayout>(['channelsFirst', 'channelsLast', 'tokens'])('with %s becomes a sealed model that sees a scratch', async (layout) => {
    const bytes = backboneModel(layout)
    const enrolled = valueOf(await enrolWith(bytes))
    expect(enrolled.model).toMatchObject({ method: 'padim', features: `onnx:${hashOf(bytes)}:features`, mapWidth: 8, mapHeight: 8, baselineImages: 48 })
    expect(enrolled.backbone.spatial).toMatchObject([{ name: 'features', layout, channels: 24, width: 8, height: 8 }])
    const [good, scratched] = await scoresOf(enrolled, [texturedCrop(99, size), texturedCrop(99, { ...size, isScratched: true })])
    expect(scratched).toBeGreaterThan(good!)
    expect(scratched).toBeGreaterThan(enrolled.limits.failAbove)
  })

  it('learns by PatchCore as well', async () => {
    const enrolled = valueOf(await enrolWith(backboneModel('channelsFirst'), { method: 'patchcore' }))
    expect(enrolled.model.method).toBe('patchcore')
    expect(await scoresOf(enrolled, crops.slice(0, 2))).toEqual([expect.any(Number), expect.any(Number)])
  })

  it('gives the same model whichever way its numbers lie', async () => {
    const [first, last, tokens] = await Promise.all((['channelsFirst', 'channelsLast', 'tokens'] as const).map(async (layout) => scoresOf(valueOf(await enrolWith(backboneModel(layout))), [texturedCrop(99, size)])))
    expect(last![0]).toBeCloseTo(first![0]!, 3)
    expect(tokens![0]).toBeCloseTo(first![0]!, 3)
  })

  it('gives the same bytes for the same crops and seed', async () => {
    const bytes = backboneModel('channelsFirst')
    expect(valueOf(await enrolWith(bytes)).model.sha256).toBe(valueOf(await enrolWith(bytes)).model.sha256)
  })

  it('with open batch, height and width is fixed to the region', async () => {
    const fixed = valueOf(await enrolWith(backboneModel('channelsFirst')))
    const open = valueOf(await enrolWith(withOpenSides(backboneModel('channelsFirst'))))
    expect(open.limits.failAbove).toBeCloseTo(fixed.limits.failAbove, 4)
  })

  it('of a later operator set keeps its meaning', async () => {
    // Operator set 18 moved the axes of reductions, which the toy has one of, into an input.
    const newer = altered(backboneModel('channelsFirst'), (file) => {
      file.opset_import = [{ domain: '', version: 18 }]
      file.graph.output = file.graph.output.filter(({ name }) => name !== 'pooled')
      file.graph.node = file.graph.node.filter(({ op_type: operator, output }) => operator !== 'ReduceMean' && !output.includes('pooled'))
    })
    const [old, renewed] = [valueOf(await enrolWith(backboneModel('channelsFirst'))), valueOf(await enrolWith(newer))]
    expect(renewed.limits.failAbove).toBeCloseTo(old.limits.failAbove, 4)
  })
})

describe('a file that cannot be taken in', () => {
  it.each([
    ['no ONNX at all', () => Uint8Array.of(1, 2, 3), /model\/invalid: backbone-\d+\.onnx: this is not an ONNX model/],
    ['weights in another file', () => withExternalData(backboneModel('channelsFirst')), /another file.*Export it again into one file/],
    ['an operator set that is too old', () => altered(backboneModel('channelsFirst'), (file) => { file.opset_import = [{ domain: '', version: 9 }] }), /operator set 9.*opset_version=17/],
    ['an operator of a plugin', () => altered(backboneModel('channelsFirst'), (file) => { file.graph.node[0]!.domain = 'trt.plugins' }), /trt\.plugins\.Conv.*without that plugin/],
    ['an operator that nobody knows', () => altered(backboneModel('channelsFirst'), (file) => { file.graph.node[0]!.op_type = 'Convolute' }), /onnxruntime cannot open it.*Convolute/],
    ['a batch of four', () => altered(backboneModel('channelsFirst'), (file) => { file.graph.input[0]!.type!.tensor_type!.shape!.dim[0]!.dim_value = 4 }), /batch is fixed at 4/],
    ['half precision', () => altered(backboneModel('channelsFirst'), (file) => { file.graph.input[0]!.type!.tensor_type!.elem_type = 10 }), /single precision.*float16/],
    ['numbers that are none', () => backboneModel('channelsFirst', { gain: Infinity }), /NaN or infinite.*normalisation/],
    ['the same everywhere', () => backboneModel('channelsFirst', { gain: 0 }), /the same everywhere.*trained weights/],
    ['nothing with places', () => altered(backboneModel('channelsFirst'), ({ graph }) => { graph.output = graph.output.filter(({ name }) => name === 'pooled') }), /no output has one vector per place/],
  ])('%s: the message names the file and what to do', async (_what, bytesOf, message) => {
    expect(complaintOf(await enrolWith(bytesOf()))).toMatch(message)
  })

  it('is asked for an output that it has', async () => {
    expect(complaintOf(await enrolWith(backboneModel('channelsFirst'), { outputs: ['pooled'] }))).toMatch(/request\/invalid.*pooled is no output with places.*features \(24 channels, 8×8 places\)/)
  })

  it('is not there', async () => {
    expect(complaintOf(await readForeignModel(join(folder, 'none.onnx')))).toMatch(/model\/missing.*none\.onnx/)
  })

  it('leaves too few pictures as they are', async () => {
    expect(complaintOf(await enrolWith(backboneModel('channelsFirst'), { pictures: crops.slice(0, 5) }))).toMatch(/learning\/tooFewImages/)
  })
})
