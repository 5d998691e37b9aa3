import type { RegionId } from '../domain/ids.ts'
import type { Region } from '../domain/recipe.ts'
import type { RawScore, Reading } from '../domain/verdict.ts'
import { readScores } from './readScores.ts'

/** The region as its screen sees it, with the line up to which it passes; one without a screen as it is. */
export function firstLook({ screen, ...region }: Region): Region {
  if (!screen) return region
  return { ...region, model: screen.model, limits: { ...region.limits, failAbove: screen.passUpTo, unsureAbove: screen.passUpTo } }
}

/** The regions whose screen found something: their own model is to look at them. */
export const suspiciousOf = (regions: readonly Region[], screened: readonly RawScore[]): readonly Region[] =>
  regions.filter(({ id, screen }) => screen && scoreOf(screened, id).score > screen.passUpTo)

/**
 * One reading per region, in the regions' order, by the model that decided it: `verified` are the scores of `suspiciousOf`, `screened` those
 * of the first look at all regions. Throws as `readScores` does.
 */
export function readStages(screened: readonly RawScore[], verified: readonly RawScore[], regions: readonly Region[], image: { readonly widthPx: number; readonly heightPx: number }): readonly Reading[] {
  const decided = regions.map((region) => {
    const raw = verified.find(({ regionId }) => regionId === region.id)
    return raw ? { region, raw } : { region: firstLook(region), raw: scoreOf(screened, region.id) }
  })
  const readings = readScores(decided.map(({ raw }) => raw), decided.map(({ region }) => region), image)
  return readings.map((reading, i) => {
    const { id, screen } = regions[i]!
    return screen ? { ...reading, screening: { model: screen.model.sha256, score: scoreOf(screened, id).score, passUpTo: screen.passUpTo } } : reading
  })
}

/**
 * Both stages of every region as regions of their own, the screens last, named `<id>/screen`: pinned frames hold a recipe to both models,
 * whichever of them would decide the frame.
 */
export const stagesApart = (regions: readonly Region[]): readonly Region[] => [
  ...regions.map(({ screen: _screen, ...region }) => region),
  ...regions.filter(({ screen }) => screen).map(({ detector: _detector, ...region }) => ({ ...firstLook(region), id: `${region.id}/screen` as RegionId, name: `${region.name} (screen)` })),
]

function scoreOf(raw: readonly RawScore[], region: RegionId): RawScore {
  const score = raw.find(({ regionId }) => regionId === region)
  if (!score) throw new Error(`region ${region} was not scored`)
  return score
}
