import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { jsonLog } from '../../src-main/adapters/log/jsonLog.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { ClosedInspection } from '../../src-main/domain/inspection.ts'
import type { Recipe } from '../../src-main/domain/recipe.ts'
import { quietSink } from '../../src-main/hosts/commands/quietSink.ts'
import { runHeadless } from '../../src-main/hosts/headlessStation.ts'
import { openDevices } from '../../src-main/hosts/openDevices.ts'
import { openLanes } from '../../src-main/hosts/openLanes.ts'
import { readPinnedFiles } from '../../src-main/hosts/pinnedFiles.ts'
import { readRecipeFile } from '../../src-main/hosts/recipeFile.ts'
import { ownChildren } from '../support/childrenOf.ts'
import { jsonLines, runCli } from '../support/cliRun.ts'
import { hasSoftwareVulkan, plugSoftwareVulkan, unplugSoftwareVulkan } from '../support/softwareVulkan.ts'
import { texturedCrop } from '../support/texturedCrops.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

interface Line {
  readonly partId: string
  readonly disposition: string
  readonly readings: readonly { readonly provider: string }[]
}

const size = { widthPx: 96, heightPx: 80 }
const parts = 3
let dir: string
let recipeFile: string

const writePart = (file: string, seed: number): Promise<unknown> =>
  sharp(texturedCrop(seed, size), { raw: { width: size.widthPx, height: size.heightPx, channels: 3 } }).png().toFile(file)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stationmaster-parity-'))
  for (const folder of ['baseline', 'line', 'recipe']) await mkdir(join(dir, folder))
  for (let i = 0; i < 20; i++) await writePart(join(dir, 'baseline', `${i}.png`), i)
  for (let i = 0; i < parts; i++) await writePart(join(dir, 'line', `part-${i}.png`), 1_000 + i)
  recipeFile = join(dir, 'recipe', 'plate.json')
  const enrolled = await runCli('enrol', '--baseline', join(dir, 'baseline'), '--out', recipeFile, '--size', '64')
  expect(enrolled.stderr + enrolled.code).toMatch(/0$/)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const run = (data: string, recipe: string, ...more: readonly string[]) =>
  runCli('run', '--recipe', recipe, '--camera', `folder:${join(dir, 'line')}`, '--data', join(dir, data), '--until-empty', ...more)

const audits = (data: string): readonly { what: string; why: string }[] => {
  const db = new Database(join(dir, data, 'evidence.sqlite'), { readonly: true })
  const rows = db.prepare('select what, why from audit order by rowid').all() as { what: string; why: string }[]
  db.close()
  return rows
}

/** A copy of the recipe and all that belongs to it, whose seal a test may spoil. */
async function spoiledCopy(spoil: (recipe: { -readonly [K in keyof Recipe]: Recipe[K] }) => void): Promise<string> {
  const copy = await mkdtemp(join(dir, 'copy-'))
  for (const name of await readdir(join(dir, 'recipe'))) await copyFile(join(dir, 'recipe', name), join(copy, name))
  const recipe = JSON.parse(await readFile(recipeFile, 'utf8')) as Recipe
  spoil(recipe)
  await writeFile(join(copy, 'plate.json'), JSON.stringify(recipe))
  return join(copy, 'plate.json')
}

const shifted = (recipe: { seal?: Recipe['seal'] }, by: number): void => {
  const { frames } = recipe.seal!
  recipe.seal = { ...recipe.seal!, frames: frames.map((frame) => ({ ...frame, scores: Object.fromEntries(Object.entries(frame.scores).map(([id, score]) => [id, score + by])) })) }
}

describe('a recipe with a parity seal', () => {
  it('runs where its pinned frames score as they did, and every decision says what computed it', async () => {
    const { code, stdout, stderr } = await run('held', recipeFile)
    expect(stderr + code).toMatch(/0$/)
    const lines = jsonLines<Line>(stdout)
    expect(lines).toHaveLength(parts)
    expect(lines.flatMap((line) => line.readings.map((reading) => reading.provider))).toEqual(['cpu', 'cpu', 'cpu'])
    expect(audits('held')).toMatchObject([{ what: 'parity.held', why: 'start' }])
  })

  it('judges no part where they score otherwise, and the reason names frame, region, both scores and provider', async () => {
    const spoiled = await spoiledCopy((recipe) => { shifted(recipe, 0.5) })
    const { code, stdout, stderr } = await run('broken', spoiled)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/pinned frame [0-9a-f]{8}, region Region 1: sealed with [\d.]+, now [\d.]+ on cpu .* \(model\/parityBroken\)/)
    expect(audits('broken')).toMatchObject([{ what: 'parity.broken' }])
  })

  it('runs on the next provider where the first cannot be opened, held to the same scores, and says so', async () => {
    const { code, stdout } = await run('fallback', recipeFile, '--providers', 'tensorrt,cpu')
    expect(code).toBe(0)
    expect(jsonLines<Line>(stdout)).toHaveLength(parts)
    const parity = await runCli('parity', '--recipe', recipeFile, '--providers', 'tensorrt,cpu')
    expect(parity).toMatchObject({ code: 0, stderr: expect.stringContaining('tensorrt was passed over') as string, stdout: expect.stringContaining('5 frames') as string })
  })
})

describe('stationmaster parity', () => {
  it('prints every difference; 0 when the seal holds, 4 when it is broken or incomplete, 3 when there is none', async () => {
    const held = await runCli('parity', '--recipe', recipeFile, '--json')
    expect(held.code).toBe(0)
    expect(JSON.parse(held.stdout)).toMatchObject({ isHeld: true, figures: Array.from({ length: 5 }, () => ({ provider: 'cpu', regionName: 'Region 1' })) })
    const broken = await runCli('parity', '--recipe', await spoiledCopy((recipe) => { shifted(recipe, 0.5) }))
    expect(broken).toMatchObject({ code: 4, stdout: expect.stringContaining('BROKEN') as string })
    const incomplete = await spoiledCopy(() => undefined)
    const { seal } = JSON.parse(await readFile(incomplete, 'utf8')) as Recipe
    await rm(join(incomplete, '..', `${seal!.frames[0]!.image}.png`))
    expect(await runCli('parity', '--recipe', incomplete)).toMatchObject({ code: 4, stdout: '' })
    expect(await runCli('parity', '--recipe', await spoiledCopy((recipe) => { delete recipe.seal }))).toMatchObject({ code: 3, stdout: '' })
  })

  it('leaves a recipe without a seal to run as before', async () => {
    const { code, stdout } = await run('unsealed', await spoiledCopy((recipe) => { delete recipe.seal }))
    expect(code).toBe(0)
    expect(jsonLines<Line>(stdout)).toHaveLength(parts)
    expect(audits('unsealed')).toEqual([])
  })
})

describe.runIf(hasSoftwareVulkan)('webgpu on software Vulkan', () => {
  it('that falls out of a running line: the station holds, proves itself on the CPU, and goes on', async () => {
    plugSoftwareVulkan()
    const complete = await readRecipeFile(recipeFile)
    const pinned = complete.ok ? await readPinnedFiles(recipeFile, complete.value.recipe) : complete
    const lanes = await openLanes(join(dir, 'lost'), jsonLog(quietSink, systemClock()), { providers: ['webgpu', 'cpu'] })
    if (!complete.ok || !pinned.ok || !lanes.ok) throw new Error('not ready')
    const inference = ownChildren().at(-1)!
    const belt = join(dir, 'belt')
    await mkdir(belt)
    const devices = openDevices({ clock: lanes.value.clock, pace: 'onDemand', firstSeed: 1, isKnown: async () => [] })
    const stop = new AbortController()
    const closed: ClosedInspection[] = []
    const states: string[] = []
    const reached = async (isReached: () => boolean): Promise<void> => { await vi.waitUntil(isReached, { timeout: 200_000, interval: 50 }) }
    try {
      const ended = runHeadless({
        lanes: lanes.value, ...complete.value, pinned: pinned.value, plcTarget: 'simulated', jobId: 'test', whenEmpty: 'wait',
        devices: { ...devices, openCamera: () => devices.openCamera(`folder:${belt}`) },
        onClosed: (inspection) => { closed.push(inspection) },
        onState: ({ state }) => { states.push(state.name === 'holding' ? `holding: ${state.because[0]?.detail}` : state.name) },
      }, stop.signal)
      await reached(() => states.includes('ready'))
      unplugSoftwareVulkan()
      states.length = 0
      process.kill(inference, 'SIGKILL')
      await reached(() => states.at(-1) === 'ready' && states.some((state) => state.includes('pinned frames')))
      expect(lanes.value.model.health()).toMatchObject({ status: 'maintenance', detail: expect.stringContaining('webgpu was passed over') as string })
      await writePart(join(belt, 'part.png'), 1_001)
      await reached(() => closed.length === 1)
      stop.abort()
      expect(await ended).toMatchObject({ ok: true })
    } finally {
      stop.abort()
      await lanes.value.close()
    }
    expect(closed.map(({ readings }) => readings[0]?.provider)).toEqual(['cpu'])
    expect(audits('lost').map(({ what, why }) => `${what}: ${why}`)).toEqual(['parity.held: provider cpu → webgpu', 'parity.held: provider webgpu → cpu'])
  })
})
