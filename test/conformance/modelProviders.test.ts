import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { processLearner } from '../../src-main/adapters/learner/processLearner.ts'
import { onnxModel, type OnnxModelOptions } from '../../src-main/adapters/model/onnxModel.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { Result } from '../../src-main/domain/result.ts'
import { describeSoftware } from '../../src-main/hosts/describeSoftware.ts'
import { inferenceFrom, readInferenceSettings } from '../../src-main/hosts/inferenceSettings.ts'
import { fault } from '../../src-main/domain/fault.ts'
import { fail, succeed } from '../../src-main/domain/result.ts'
import type { ModelPort } from '../../src-main/ports/model.ts'
import { ownChildren } from '../support/childrenOf.ts'
import { enrolHere, wholeRegion } from '../support/enrolledModel.ts'
import { cropWith, hashOf, smallModel } from '../support/smallModel.ts'
import { hasSoftwareVulkan, plugSoftwareVulkan } from '../support/softwareVulkan.ts'
import { texturedCrop, texturedCrops } from '../support/texturedCrops.ts'

const entry = (name: string): URL => new URL(`../../src-main/hosts/${name}.ts`, import.meta.url)
const open: ModelPort[] = []
afterEach(async () => { await Promise.all(open.splice(0).map((model) => model.close())) })

function openModel(options: Partial<OnnxModelOptions> = {}): ModelPort {
  const model = onnxModel({ entry: entry('inferenceProcess'), clock: systemClock(), threads: 1, ...options })
  open.push(model)
  return model
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)
const bytes = smallModel()
const sha256 = hashOf(bytes)
const librariesOf = (pid: number): Promise<string> => readFile(`/proc/${pid}/maps`, 'utf8')

describe('execution providers', () => {
  it('are tried in their order, and one that is passed over is said so: in the answer, in health, and by what serves', async () => {
    const model = openModel({ providers: ['tensorrt', 'cuda', 'cpu'] })
    const loaded = await model.load(sha256, bytes)
    expect(loaded).toMatchObject({ ok: true, value: { provider: 'cpu', passedOver: [expect.stringContaining('tensorrt was passed over') as string, expect.stringContaining('cuda was passed over') as string] } })
    expect(model.health()).toMatchObject({ status: 'maintenance', detail: expect.stringMatching(/on cpu .*tensorrt was passed over.*cuda was passed over/s) as string })
    expect(model.providers()).toEqual(['cpu'])
  })

  it('leave nothing to say when the first one serves, and serve nothing before and after', async () => {
    const model = openModel({ providers: ['cpu', 'webgpu'] })
    expect(model.providers()).toEqual([])
    expect(await model.load(sha256, bytes)).toMatchObject({ ok: true, value: { provider: 'cpu', passedOver: [] } })
    expect(model.health().status).toBe('ok')
    await model.unloadAll()
    expect(model.providers()).toEqual([])
  })

  it('that were not asked for are never used', async () => {
    expect(codeOf(await openModel({ providers: ['tensorrt'] }).load(sha256, bytes))).toBe('model/unavailable')
  })

  it.runIf(hasSoftwareVulkan)('give the same scores on webgpu as on the CPU, to a hundred-thousandth of the limit', async () => {
    plugSoftwareVulkan()
    const size = { widthPx: 64, heightPx: 64 }
    const learned = await enrolHere()
    const name = hashOf(learned.modelBytes)
    const crops = Array.from({ length: 2 }, (_, i) => ({ regionId: 'r', model: name, ...size, data: texturedCrop(500 + i, { ...size, isScratched: i === 1 }) }))
    const scoresOn = async (provider: string): Promise<readonly { score: number; provider: string }[]> => {
      const model = openModel({ providers: [provider] })
      expect(codeOf(await model.load(name, learned.modelBytes))).toBe('ok')
      const scores = await model.run(crops, 100_000)
      if (!scores.ok) throw new Error(scores.fault.detail)
      return scores.value
    }
    const [cpu, webgpu] = [await scoresOn('cpu'), await scoresOn('webgpu')]
    expect(webgpu.map((score) => score.provider)).toEqual(['webgpu', 'webgpu'])
    const largest = Math.max(...cpu.map(({ score }, i) => Math.abs(score - webgpu[i]!.score))) / learned.limits.failAbove
    expect(largest).toBeLessThan(1e-4)
  }, 120_000)
})

describe('a build of onnxruntime of one’s own', () => {
  let folder: string
  let native: string
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'binding-')), 'onnxruntime-node')
    const own = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
    const binaries = join('bin', 'napi-v6', process.platform, process.arch)
    for (const part of ['package.json', 'dist', binaries]) await cp(join(own, part), join(folder, part), { recursive: true })
    native = join(folder, binaries, 'onnxruntime_binding.node')
  })
  afterAll(() => rm(dirname(folder), { recursive: true, force: true }))

  it.each([['as a whole package', () => folder], ['as a native binding under the JavaScript from npm', () => native]])('is what the inference process runs, %s', async (_, path) => {
    const model = openModel({ bindingPath: path() })
    expect(codeOf(await model.load(sha256, bytes))).toBe('ok')
    expect(await model.run([cropWith(sha256, 8, { x: 2, y: 1, rgb: [30, 60, 90] })], 10_000)).toMatchObject({ ok: true, value: [{ score: 60 }] })
    const libraries = await librariesOf(ownChildren().at(-1)!)
    expect(libraries).toContain(native)
    expect(libraries).not.toContain(join('node_modules', 'onnxruntime-node', 'bin'))
    expect(describeSoftware(path()).onnxruntime).toBe(`${describeSoftware().onnxruntime} (${path()})`)
  })

  it('is what the learning process runs', async () => {
    let libraries: Promise<string> | undefined
    const learner = processLearner(entry('learnerProcess'), folder)
    const look = (): void => { libraries ??= librariesOf(ownChildren().at(-1)!) }
    const enrolled = await learner.enrol({ regions: [wholeRegion(texturedCrops(20, { widthPx: 64, heightPx: 64 }), 64, 64)], seed: 1 }, look, new AbortController().signal)
    expect(codeOf(enrolled)).toBe('ok')
    expect(await libraries).toContain(native)
  })

  it('that cannot be loaded is answered with the path and the reason, not with a process that keeps ending', async () => {
    const broken = join(dirname(folder), 'onnxruntime_binding.node')
    await writeFile(broken, 'this is no library')
    const loaded = await openModel({ bindingPath: broken }).load(sha256, bytes)
    expect(loaded).toMatchObject({ ok: false, fault: { code: 'model/unavailable', detail: expect.stringContaining(broken) as string } })
  })

  it('that is not there, or is something else, is refused before anything starts', () => {
    expect(inferenceFrom({ binding: join(folder, 'nowhere') })).toMatchObject({ ok: false, fault: { code: 'model/unavailable' } })
    expect(inferenceFrom({ binding: process.cwd() })).toMatchObject({ ok: false, fault: { detail: expect.stringContaining('no onnxruntime-node package') as string } })
    expect(inferenceFrom({ binding: folder })).toEqual({ ok: true, value: { providers: ['cpu'], bindingPath: folder } })
  })
})

describe('the settings of a data folder', () => {
  const folderWith = (value: unknown) => ({ loadDocument: async () => (value === undefined ? fail(fault('request/notFound', 'none')) : succeed(value)) })

  it('are the CPU where nobody said otherwise, and the command line has the last word', async () => {
    expect(await readInferenceSettings(folderWith(undefined), {})).toEqual({ ok: true, value: { providers: ['cpu'] } })
    expect(await readInferenceSettings(folderWith({ providers: ['webgpu', 'cpu'] }), {})).toEqual({ ok: true, value: { providers: ['webgpu', 'cpu'] } })
    expect(await readInferenceSettings(folderWith({ providers: ['webgpu', 'cpu'] }), { providers: ['cpu'] })).toEqual({ ok: true, value: { providers: ['cpu'] } })
  })

  it.each([[{ providers: [] }], [{ providers: ['gpu'] }], [{ provider: 'cpu' }], ['cpu']])('are never guessed: %j is refused', async (value) => {
    expect(codeOf(await readInferenceSettings(folderWith(value), {}))).toBe('request/invalid')
  })
})
