import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Recipe } from '../../src-preload/contract/recipe.ts'
import { hashOf } from '../support/smallModel.ts'
import { pictureSize, plateFile, writeMvtecFolder, writePlates } from '../support/mvtecFolder.ts'
import { runCli } from '../support/runCli.ts'

// Real programs, and learning takes every core there is.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let folder: string
let baseline: string
let recipeFile: string
let enrolled: { model: { sha256: string }; modelFile: string; recipeSha256: string; limits: { failAbove: number } }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
  await writeMvtecFolder(join(folder, 'plates'))
  baseline = join(folder, 'plates', 'train', 'good')
  await mkdir(join(folder, 'out'))
  recipeFile = join(folder, 'out', 'plate.json')
  const run = await runCli(['enrol', '--baseline', baseline, '--out', recipeFile, '--size', '80', '--json'])
  if (run.code !== 0) throw new Error(run.stderr)
  enrolled = JSON.parse(run.stdout) as typeof enrolled
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A copy of the recipe and its model that a test may spoil. */
async function copyOfRecipe(): Promise<{ recipe: string; model: string }> {
  const copy = await mkdtemp(join(folder, 'copy-'))
  const [recipe, model] = [join(copy, 'plate.json'), join(copy, `${enrolled.model.sha256}.onnx`)]
  await copyFile(recipeFile, recipe)
  await copyFile(enrolled.modelFile, model)
  return { recipe, model }
}

const evaluate = (...more: string[]) => runCli(['evaluate', '--dataset', join(folder, 'plates'), ...more])

describe('enrol', () => {
  it('writes a recipe, its sealed model and its five pinned pictures, named by their hashes, and nothing else', async () => {
    const bytes = await readFile(recipeFile)
    const recipe = Recipe.parse(JSON.parse(bytes.toString()))
    const pinned = recipe.seal!.frames.map(({ image }) => `${image}.pnm`)
    expect(pinned).toHaveLength(5)
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([`${enrolled.model.sha256}.onnx`, 'plate.json', ...pinned].sort())
    for (const name of pinned) expect(hashOf(await readFile(join(folder, 'out', name)))).toBe(name.replace('.pnm', ''))
    expect(hashOf(bytes)).toBe(enrolled.recipeSha256)
    expect(hashOf(await readFile(enrolled.modelFile))).toBe(enrolled.model.sha256)
    expect(recipe).toMatchObject({ name: 'plate', camera: { source: `folder:${baseline}` }, frame: pictureSize })
    expect(recipe.regions).toMatchObject([{ shape: { kind: 'rectangle', x: 0, y: 0, width: 96, height: 80 }, model: { baselineImages: 24, seed: 1 } }])
  })

  it('gives the same model for the same images and seed, and looks only at the region it was given', async () => {
    const again = await runCli(['enrol', '--baseline', baseline, '--out', join(folder, 'again.json'), '--size', '80', '--json'])
    expect((JSON.parse(again.stdout) as typeof enrolled).model.sha256).toBe(enrolled.model.sha256)
    const part = await runCli(['enrol', '--baseline', baseline, '--out', join(folder, 'part.json'), '--size', '64', '--seed', '7', '--region', '10,8,64,64', '--json'])
    const recipe = Recipe.parse(JSON.parse(await readFile(join(folder, 'part.json'), 'utf8')))
    expect(part.code).toBe(0)
    expect(recipe.regions[0]).toMatchObject({ shape: { x: 10, y: 8, width: 64, height: 64 }, model: { inputWidthPx: 64, inputHeightPx: 64, seed: 7 } })
  })

  it('interrupted leaves nothing behind', async () => {
    const out = await mkdtemp(join(folder, 'interrupted-'))
    const run = await runCli(['enrol', '--baseline', baseline, '--out', join(out, 'plate.json')], (child) => {
      child.stderr!.once('data', () => child.kill('SIGINT'))
    })
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('learning/cancelled') as string })
    expect(await readdir(out)).toEqual([])
  })
})

describe('evaluate', () => {
  it('prints its figures as one JSON document and nothing else on stdout', async () => {
    const run = await evaluate('--recipe', recipeFile, '--json')
    expect(run.code).toBe(0)
    const share = { value: expect.any(Number) as number, low: expect.any(Number) as number, high: expect.any(Number) as number, n: 10 }
    const area = expect.closeTo(1, 0) as number
    expect(JSON.parse(run.stdout)).toMatchObject({
      imageAuroc: area, averagePrecision: area, pixelAuroc: area, aupro: area,
      threshold: enrolled.limits.failAbove,
      falseRejectRate: share, recall: share,
      perDefect: { scratch: { images: 10, imageAuroc: area, recall: share } },
      latencyMs: { p50: expect.any(Number) as number, p99: expect.any(Number) as number },
      enrolSeconds: null,
      modelBytes: (await readFile(enrolled.modelFile)).length,
      brightnessAuroc: expect.any(Number) as number, sharpnessAuroc: expect.any(Number) as number,
      images: { good: 10, defective: 10, masks: 10 },
    })
  })

  it('without a recipe learns from train/good first, and prints lines for people', async () => {
    const run = await evaluate()
    expect(run.code).toBe(0)
    expect(run.stdout).toMatch(/^recipe +enrolled from train\/good in [\d.]+ s, 24 good images/m)
    expect(run.stdout).toMatch(/^ {2}scratch .* of 10 /m)
  })
})

describe('exit codes', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['enroll']],
    ['a missing option', ['enrol', '--baseline', 'x']],
    ['a region that is none', ['enrol', '--baseline', 'x', '--out', 'y', '--region', '1,2,3']],
    ['a size that is none', ['enrol', '--baseline', 'x', '--out', 'y', '--size', 'large']],
  ])('2 for %s', async (_, args) => {
    expect(await runCli(args)).toMatchObject({ code: 2, stdout: '' })
  })

  it('0 for help and version', async () => {
    expect(await runCli(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('enrol') as string })
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string })
  })

  const expectEnd = async (args: readonly string[], code: number, ...said: string[]): Promise<void> => {
    const run = await runCli(args)
    for (const words of said) expect(run.stderr).toContain(words)
    expect(run).toMatchObject({ code, stdout: '' })
  }

  it('3 for a folder, a data set, a recipe, a model or a place to write that is not there', async () => {
    const { recipe, model } = await copyOfRecipe()
    const nowhere = join(folder, 'nowhere')
    await rm(model)
    await expectEnd(['enrol', '--baseline', nowhere, '--out', join(folder, 'a.json')], 3, nowhere)
    await expectEnd(['enrol', '--baseline', folder, '--out', join(folder, 'a.json')], 3, 'no image')
    await expectEnd(['enrol', '--baseline', baseline, '--out', join(nowhere, 'a.json')], 3, nowhere)
    await expectEnd(['evaluate', '--dataset', nowhere], 3, nowhere, 'test/good')
    await expectEnd(['evaluate', '--dataset', join(folder, 'plates'), '--recipe', nowhere], 3, 'stationmaster enrol')
    await expectEnd(['evaluate', '--dataset', join(folder, 'plates'), '--recipe', recipe], 3, model, 'Region 1')
  })

  it('4 for a model that was altered', async () => {
    const { recipe, model } = await copyOfRecipe()
    const bytes = await readFile(model)
    bytes[bytes.length >> 1]! ^= 1
    await writeFile(model, bytes)
    await expectEnd(['evaluate', '--dataset', join(folder, 'plates'), '--recipe', recipe], 4, model, 'altered')
  })

  it('5 for a recipe that is none, and it says where', async () => {
    const { recipe } = await copyOfRecipe()
    const broken = JSON.parse(await readFile(recipe, 'utf8')) as { regions: { limits: { unsureAbove: number } }[] }
    broken.regions[0]!.limits.unsureAbove = 1e9
    await writeFile(recipe, JSON.stringify(broken))
    await expectEnd(['evaluate', '--dataset', join(folder, 'plates'), '--recipe', recipe], 5, recipe, 'unsureAbove must not be over failAbove')
    await writeFile(recipe, 'half a {')
    await expectEnd(['evaluate', '--dataset', join(folder, 'plates'), '--recipe', recipe], 5, 'not JSON')
  })

  it('5 for a folder that is no data set', async () => {
    await expectEnd(['evaluate', '--dataset', baseline], 5, 'test/good')
  })

  it('5 for images that cannot be learnt from, with the name of the file', async () => {
    const bad = join(folder, 'bad')
    const enrolBad = (...more: string[]) => ['enrol', '--baseline', bad, '--out', join(folder, 'bad.json'), ...more]
    await writePlates(bad, 6, 1)
    await expectEnd(enrolBad(), 5, 'learning/tooFewImages')
    await expectEnd(enrolBad('--region', '50,0,64,64'), 5, 'within the images of 96×80 px')
    await writeFile(join(bad, '003.ppm'), plateFile(3).subarray(0, 9_000))
    await expectEnd(enrolBad(), 5, join(bad, '003.ppm'), 'frame/unreadable')
    await writeFile(join(bad, '003.ppm'), Buffer.concat([Buffer.from('P6\n64 64\n255\n'), new Uint8Array(64 * 64 * 3)]))
    await expectEnd(enrolBad(), 5, join(bad, '003.ppm'), 'one size')
  })
})
