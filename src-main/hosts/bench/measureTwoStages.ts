import type { Frame, PixelImage } from '../../domain/frame.ts'
import type { RegionId } from '../../domain/ids.ts'
import type { FeatureSettingName, Recipe, Region, SealedModel } from '../../domain/recipe.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { cellGridOf } from '../../learning/cellGrid.ts'
import { featureSettings } from '../../learning/featureSetting.ts'
import { rehearsalModel } from '../../learning/rehearsalModel.ts'
import { limitsFrom } from '../../learning/threshold.ts'
import type { Percentiles } from '../../monitoring/lineTelemetry.ts'
import { newImage } from '../../pipeline/newImage.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { ModelPort } from '../../ports/model.ts'
import type { PixelsPort } from '../../ports/pixels.ts'
import { readRegions } from '../../station/judgePart.ts'
import { startStopwatch } from '../../station/stopwatch.ts'
import { hashOf } from '../recipeFile.ts'
import { takeTurns } from './takeTurns.ts'

export interface TwoStageTools {
  readonly pixels: PixelsPort
  readonly model: ModelPort
  readonly clock: ClockPort
}

const sidePx = 256
const turns = 30

/** From a sound frame to readings, of a region of 256 × 256 px: spared by the fast screen, looked at twice, and by the detailed model alone. */
export async function measureTwoStages(tools: TwoStageTools): Promise<Result<Readonly<Record<'spared' | 'verified' | 'alone', Percentiles>>>> {
  const fast = await rehearse('fast', tools.model)
  const detailed = fast.ok ? await rehearse('detailed', tools.model) : fast
  if (!fast.ok || !detailed.ok) return detailed as Result<never>
  const alone: Region = { id: 'part' as RegionId, name: 'Part', shape: { kind: 'rectangle', x: 0, y: 0, width: sidePx, height: sidePx }, masks: [], model: detailed.value, limits: limitsFrom([1]) }
  const screened = (passUpTo: number): Region => ({ ...alone, screen: { model: fast.value, passUpTo } })
  const image: PixelImage = newImage(sidePx, sidePx, 3)
  image.data.forEach((_, i) => { image.data[i] = (i * 73) % 251 })
  const read = (region: Region) => async (): Promise<void> => {
    const recipe = { regions: [region] } as unknown as Recipe
    const readings = await readRegions({ frame: { image } as Frame, checks: [] }, { recipe, ...tools }, startStopwatch(tools.clock), 60_000)
    if (!readings.ok) throw new Error(readings.fault.detail)
  }
  return succeed(await takeTurns({ spared: read(screened(Number.MAX_VALUE)), verified: read(screened(-Number.MAX_VALUE)), alone: read(alone) }, turns))
}

async function rehearse(setting: FeatureSettingName, model: ModelPort): Promise<Result<SealedModel>> {
  const side = featureSettings[setting].inputSize
  const size = { inputWidthPx: side, inputHeightPx: side }
  const bytes = rehearsalModel({ method: 'padim', setting }, size)
  const sha256 = hashOf(bytes)
  const loaded = await model.load(sha256, bytes)
  if (!loaded.ok) return loaded
  const grid = cellGridOf({ shape: { kind: 'rectangle', x: 0, y: 0, width: side, height: side }, masks: [], ...size })
  return succeed({ sha256, bytes: bytes.length, method: 'padim', setting, features: featureSettings[setting].featuresId, ...size, mapWidth: grid.width, mapHeight: grid.height, baselineImages: 3, seed: 1 })
}
