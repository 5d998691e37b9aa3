import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onnxModel } from '../../src-main/adapters/model/onnxModel.ts'
import type { RegionId } from '../../src-main/domain/ids.ts'
import type { Result } from '../../src-main/domain/result.ts'
import { importedModelLearner, type AnomalyWishes, type ToldAnomalyModel } from '../../src-main/hosts/importing/importedModelLearner.ts'
import { readForeignModel } from '../../src-main/hosts/importing/readForeignModel.ts'
import { imageNet } from '../../src-main/learning/importing/backboneFeatures.ts'
import { thresholdOf } from '../../src-main/learning/importing/anomalyOutputs.ts'
import type { EnrolledRegion } from '../../src-main/ports/learner.ts'
import { anomalibModel, type AnomalibExport } from '../support/anomalibModel.ts'
import { backboneModel } from '../support/backboneModel.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { texturedCrop, texturedCrops } from '../support/texturedCrops.ts'

const side = 128
const size = { widthPx: side, heightPx: side }
const crops = texturedCrops(20, size)
let folder: string
let named = 0

beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'anomalib-')) })
afterAll(() => rm(folder, { recursive: true }))

async function importModel(bytes: Uint8Array, wishes: AnomalyWishes = { metadata: {} }): Promise<Result<EnrolledRegion & { readonly told: ToldAnomalyModel }>> {
  const file = join(folder, `model-${named++}.onnx`)
  await writeFile(file, bytes)
  const opened = await readForeignModel(file)
  if (!opened.ok) return opened
  let told: ToldAnomalyModel | undefined
  const region = { id: 'r1' as RegionId, shape: { kind: 'rectangle', x: 0, y: 0, width: side, height: side }, masks: [], method: 'padim', setting: 'standard', inputWidthPx: side, inputHeightPx: side, crops } as const
  const enrolled = await importedModelLearner(opened.value, wishes, (found) => { told = found }).enrol({ regions: [region], seed: 1 }, () => undefined, new AbortController().signal)
  return enrolled.ok ? { ok: true, value: { ...enrolled.value[0]!, told: told! } } : enrolled
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.fault.detail)
  return result.value
}

/** The export's own answer, given what Anomalib would give it. */
async function ownScore(bytes: Uint8Array, pixels: Uint8Array, { mean, std }: { readonly mean: readonly number[]; readonly std: readonly number[] }, output: string): Promise<number> {
  const picture = Float32Array.from({ length: 3 * side * side }, (_, i) => {
    const channel = Math.floor(i / (side * side))
    return (pixels[3 * (i % (side * side)) + channel]! / 255 - mean[channel]!) / std[channel]!
  })
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 4 })
  const answer = (await session.run({ input: new Tensor('float32', picture, [1, 3, side, side]) }))[output]!.data as Float32Array
  return answer.reduce((most, value) => Math.max(most, value), -Infinity)
}

async function sealedScore({ model: { sha256 }, modelBytes }: EnrolledRegion, data: Uint8Array) {
  const model = onnxModel({ entry: new URL('../../src-main/hosts/inferenceProcess.ts', import.meta.url), clock: fakeClock(), threads: 1 })
  try {
    valueOf(await model.load(sha256, modelBytes))
    return valueOf(await model.run([{ regionId: 'r1', model: sha256, ...size, data }], 30_000))[0]!
  } finally {
    await model.close()
  }
}

const asItIs = { mean: [0, 0, 0], std: [1, 1, 1] }
const exports: readonly (readonly [string, AnomalibExport, typeof asItIs | typeof imageNet, string])[] = [
  ['of Anomalib 1 (score and map, normalised outside)', { side, score: 'pred_score', map: 'anomaly_map' }, imageNet, 'pred_score'],
  ['of Anomalib 2 (score, label and map, pre-processor inside)', { side, score: 'pred_score', map: 'anomaly_map', label: 'pred_label', scalesByItself: true }, asItIs, 'pred_score'],
  ['of Anomalib 0 (a map alone, called output)', { side, map: 'output' }, imageNet, 'output'],
]

describe('an export', () => {
  it.each(exports)('%s scores as in Anomalib', async (_what, form, normalisation, output) => {
    const bytes = anomalibModel(form)
    const imported = valueOf(await importModel(bytes))
    expect(imported.told.normalisation).toEqual(normalisation)
    expect(imported.model).toMatchObject({ method: 'imported', mapWidth: 64, mapHeight: 64 })
    for (const pixels of [texturedCrop(99, size), texturedCrop(98, { ...size, isScratched: true })]) {
      const { score, heat } = await sealedScore(imported, pixels)
      const own = await ownScore(bytes, pixels, normalisation, output)
      expect(Math.abs(score - own)).toBeLessThan(1e-3)
      if (output === 'output') expect(Math.abs(Math.max(...heat) - own)).toBeLessThan(1e-3)
    }
  })

  it('brings its threshold along in its metadata, or in a file beside it', async () => {
    expect(valueOf(await importModel(anomalibModel({ side, map: 'output', metadata: { image_threshold: '7.5' } }))).limits).toMatchObject({ failAbove: 7.5, unsureAbove: 7.5, basis: { rule: 'technician', goodImages: 20 } })
    expect(valueOf(await importModel(anomalibModel({ side, map: 'output' }), { metadata: { image_threshold: 3 } })).limits.failAbove).toBe(3)
  })

  it('that normalises its score has its threshold at 0.5; one that says nothing is limited by the good pictures', async () => {
    expect(valueOf(await importModel(anomalibModel({ side, score: 'pred_score', map: 'anomaly_map', label: 'pred_label' }))).limits.failAbove).toBe(0.5)
    const silent = valueOf(await importModel(anomalibModel({ side, map: 'output' })))
    expect(silent.limits.basis).toMatchObject({ rule: 'q90', goodImages: 20 })
    expect(silent.limits.failAbove).toBeLessThanOrEqual(Math.max(...silent.holdOutScores))
  })

  it('without a map is refused with what it has', async () => {
    const refused = await importModel(backboneModel('tokens'))
    expect(refused.ok ? 'taken in' : refused.fault.detail).toMatch(/an anomaly map \[1, 1, height, width\] is needed.*features: float32 \[1, 65, 24\]/)
  })
})

describe('a stated threshold', () => {
  it.each([[{ image_threshold: '0.75' }, 0.75], [{ threshold: 2 }, 2], [{ image_threshold: 'high' }, undefined], [{ image_threshold: '' }, undefined], [{}, undefined]])('%j', (metadata, expected) => {
    expect(thresholdOf(metadata)).toBe(expected)
  })
})
