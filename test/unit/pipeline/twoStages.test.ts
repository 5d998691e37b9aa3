import { describe, expect, it } from 'vitest'
import { Recipe } from '../../../src-preload/contract/recipe.ts'
import type { Frame, SoundFrame } from '../../../src-main/domain/frame.ts'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import { modelsOf, type Region } from '../../../src-main/domain/recipe.ts'
import { succeed, type Result } from '../../../src-main/domain/result.ts'
import type { RawScore, Reading } from '../../../src-main/domain/verdict.ts'
import { screenLine } from '../../../src-main/learning/screenLine.ts'
import { extendHistory, judge } from '../../../src-main/pipeline/judge.ts'
import { stagesApart } from '../../../src-main/pipeline/twoStages.ts'
import { readRegions, type ScoringLine } from '../../../src-main/station/judgePart.ts'
import { startStopwatch } from '../../../src-main/station/stopwatch.ts'
import { fakeClock } from '../../support/fakeClock.ts'
import { parityRecipe } from '../../support/parityRoom.ts'

const [fast, thorough] = ['f'.repeat(64) as Sha256, 'd'.repeat(64) as Sha256]
const [plain] = parityRecipe.regions as [Region]
/** The screen passes up to 10; the thorough model is unsure above 40 and fails above 50. */
const region: Region = { ...plain, model: { ...plain.model, sha256: thorough }, screen: { model: { ...plain.model, sha256: fast, setting: 'fast' }, passUpTo: 10 } }
const other: Region = { ...plain, id: 'other' as RegionId, name: 'Other' }

/** A station in which each model gives what a test says, and counts what it was asked. */
function lineWith(scores: Readonly<Record<string, number>>, regions: readonly Region[] = [region]) {
  const asked: string[] = []
  const model: Pick<ScoringLine['model'], 'run' | 'detect'> = {
    async run(crops): Promise<Result<readonly RawScore[]>> {
      asked.push(...crops.map(({ regionId, model: by }) => `${regionId} ${by[0]}`))
      return succeed(crops.map(({ regionId, model: by }) => {
        const score = scores[by] ?? 1
        return { regionId: regionId as RegionId, model: by, score, heat: Float32Array.of(score), mapWidth: 1, mapHeight: 1, embedding: Float32Array.of(1), nearest: [0], provider: 'cpu', modelMs: 3 }
      }))
    },
    detect: async () => succeed([]),
  }
  const pixels: Pick<ScoringLine['pixels'], 'cut'> = {
    cut: async (_image, plans) => plans.map(({ id, model: { sha256 } }) => ({ regionId: id, model: sha256, widthPx: 1, heightPx: 1, data: new Uint8Array(3) })),
  }
  const line = { recipe: { ...parityRecipe, regions }, model, pixels } as unknown as ScoringLine
  const watch = startStopwatch(fakeClock())
  const frame = { image: { widthPx: 1, heightPx: 1, channels: 1, data: Uint8Array.of(1) } } as unknown as Frame
  const read = async (): Promise<readonly Reading[]> => {
    const readings = await readRegions({ frame, checks: [] } satisfies SoundFrame, line, watch)
    if (!readings.ok) throw new Error(readings.fault.detail)
    return readings.value
  }
  return { read, asked, watch }
}

describe('a region with a screen', () => {
  it('passes at once where the screen finds it harmless, by the screen\'s own line', async () => {
    const { read, asked, watch } = lineWith({ [fast]: 10, [thorough]: 99 })
    const readings = await read()
    expect(asked).toEqual(['part f'])
    expect(readings).toMatchObject([{ model: fast, score: 10, failAbove: 10, unsureAbove: 10, screening: { model: fast, score: 10, passUpTo: 10 } }])
    expect(judge(readings, [region], {})).toEqual({ outcome: 'pass', reasons: [{ code: 'region/withinLimit', params: { region: 'Part', score: 10, limit: 10 } }] })
    expect(extendHistory({}, readings, [{ ...region, limits: { ...region.limits, persistence: { count: 1, of: 2 } } }])).toEqual({ part: ['pass'] })
    expect(watch.timings).not.toHaveProperty('verify')
  })

  it.each([[30, 'pass'], [45, 'unsure'], [60, 'fail']] as const)('is decided by its own model where the screen does not: %d is %s', async (score, outcome) => {
    const { read, asked, watch } = lineWith({ [fast]: 10.1, [thorough]: score })
    const readings = await read()
    expect(asked).toEqual(['part f', 'part d'])
    expect(readings).toMatchObject([{ model: thorough, score, failAbove: 50, unsureAbove: 40, screening: { model: fast, score: 10.1, passUpTo: 10 } }])
    expect(judge(readings, [region], {}).outcome).toBe(outcome)
    expect(watch.timings).toMatchObject({ verify: 0, model: 6 })
  })

  it('leaves the regions beside it as they are', async () => {
    const { read, asked } = lineWith({ [fast]: 11, [thorough]: 12 }, [other, region])
    const readings = await read()
    expect(asked).toEqual([`other ${plain.model.sha256[0]}`, 'part f', 'part d'])
    expect(readings.map(({ regionId, model }) => [regionId, model])).toEqual([['other', plain.model.sha256], ['part', thorough]])
    expect(readings[0]).not.toHaveProperty('screening')
  })

  it('needs both its models, and both are held to the pinned frames', () => {
    expect(modelsOf({ regions: [region] }).map(({ sha256 }) => sha256)).toEqual([thorough, fast])
    expect(stagesApart([other, region]).map(({ id, model, limits, screen }) => [id, model.sha256[0], limits.failAbove, screen])).toEqual([
      ['other', plain.model.sha256[0], 50, undefined], ['part', 'd', 50, undefined], ['part/screen', 'f', 10, undefined],
    ])
  })

  it('is a recipe that can be written and read', () => {
    const recipe = { ...parityRecipe, regions: [{ ...region, model: { ...region.model, sha256: thorough } }] }
    expect(Recipe.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe)
  })
})

describe('the line of a screen', () => {
  const part = (screen: number, model: number, isGood = true) => ({ screen, model, isGood })

  it('is the highest that passes nothing which the model does not pass, good or known to be bad', () => {
    const good = [part(1, 1), part(2, 2), part(3, 9), part(4, 3)]
    expect(screenLine(good, 8)).toMatchObject({ passUpTo: 2, spared: { value: 0.5, n: 4 }, handedOn: 1 })
    expect(screenLine(good, 8)).not.toHaveProperty('lost')
    expect(screenLine([...good, part(1.5, 20, false)], 8)).toMatchObject({ passUpTo: 1, spared: { value: 0.25, n: 4 }, lost: { value: 0, n: 1 }, handedOn: 2 })
  })

  it('asks nothing of known-bad parts that the model does not find either', () => {
    expect(screenLine([part(1, 1), part(2, 9), part(0.5, 3, false)], 8)).toMatchObject({ passUpTo: 1, handedOn: 1 })
  })

  it('does not exist where the worst part is the most harmless to the screen', () => {
    expect(screenLine([part(1, 9), part(1, 2), part(5, 1)], 8)).toBeUndefined()
  })
})
