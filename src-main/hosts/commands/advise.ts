import type { Command } from 'commander'
import { fault } from '../../domain/fault.ts'
import type { InspectionId } from '../../domain/ids.ts'
import type { ClosedInspection } from '../../domain/inspection.ts'
import { fail, type Result } from '../../domain/result.ts'
import type { Reading } from '../../domain/verdict.ts'
import { featureSettings, hottestCellsOf } from '../../learning/featureSetting.ts'
import { adviseOnMissed, type AdviceStep, type MissedDefectAdvice } from '../../learning/missedDefectAdvice.ts'
import { replayThreshold } from '../../monitoring/replayThreshold.ts'
import { largestHotGroup } from '../../pipeline/heatArea.ts'
import type { EvidencePort } from '../../ports/evidence.ts'
import type { CommissioningDraft } from '../../station/commissioning/draft.ts'
import { fetchRecipe } from '../../records/recipeRegistry.ts'
import { parseRecipe } from '../../service/parseRecipe.ts'
import { defaultDataDir } from '../hostFlags.ts'
import { orEnd, printDocument } from './output.ts'
import { withEvidence } from './replay.ts'

interface AdviseOptions {
  readonly data: string
  readonly part: string
  readonly json?: true
}

interface RegionAdvice extends MissedDefectAdvice {
  /** What the line that catches it would have done to the parts judged so far; null when none was judged by this model. */
  readonly replay: { readonly parts: number; readonly changed: number } | null
}

/** `stationmaster advise`: a part that passed turned out to be defective; what can be done about it, in numbers. */
export function addAdvise(program: Command): void {
  program
    .command('advise')
    .description('a part was passed and is defective: which line, region or input would have caught it, and at what cost')
    .requiredOption('--part <resultId>', 'the record of the part')
    .option('--data <dir>', 'where the evidence is kept', defaultDataDir())
    .option('--json', 'print one JSON document')
    .action(async ({ data, part, json }: AdviseOptions) => {
      await withEvidence(data, async (evidence) => {
        const inspection = orEnd(missed(await evidence.inspection(part as InspectionId)))
        const advice: RegionAdvice[] = []
        const scoreCells = await scoreCellsOf(inspection, evidence)
        for (const reading of inspection.readings) advice.push(await adviseOn(reading, scoreCells(reading), evidence))
        // The region where the part stood out most is the one to begin with.
        advice.sort((a, b) => a.goodAsHigh - b.goodAsHigh || b.score - a.score)
        printDocument(json, { part: inspection.partId, resultId: part, advice }, advice.flatMap(linesOf))
      })
    })
}

function missed(found: Result<ClosedInspection>): Result<ClosedInspection> {
  if (!found.ok || found.value.outcome === 'pass') return found
  return fail(fault('request/invalid', `part ${found.value.partId} was not passed: its outcome is ${found.value.outcome ?? 'a fault'}`))
}

async function adviseOn(reading: Reading, scoreCells: number, evidence: EvidencePort): Promise<RegionAdvice> {
  const { heatmap } = reading
  const hottest = heatmap.cells.reduce((most, cell) => Math.max(most, cell), 0)
  const hotCells = hottest === 0 ? 0 : largestHotGroup(Float32Array.from(heatmap.cells), heatmap.mapWidth, heatmap.mapHeight, hottest / 2)
  const advice = adviseOnMissed({ reading, hotCells, scoreCells, goodScores: await goodScoresOf(reading, evidence) })
  const { line } = advice.threshold
  const series = orEnd(await evidence.scoreSeries()).find(({ regionId, model }) => regionId === reading.regionId && model === reading.model)
  const replay = series ? orEnd(await replayThreshold(evidence, { series: series.series, failAbove: line, unsureAbove: line }, {})) : null
  return { ...advice, replay: replay && { parts: replay.parts, changed: replay.changed } }
}

/** How many cells make a score is a matter of the model's setting, which the recipe knows; of a recipe that was never kept here, standard. */
async function scoreCellsOf({ recipe: sha256 }: ClosedInspection, evidence: EvidencePort): Promise<(reading: Reading) => number> {
  const recipe = await fetchRecipe(evidence, sha256, parseRecipe)
  const models = recipe.ok ? recipe.value.regions.flatMap(({ model, screen }) => (screen ? [model, screen.model] : [model])) : []
  return ({ model, heatmap: { mapWidth, mapHeight } }) => hottestCellsOf(featureSettings[models.find(({ sha256: hash }) => hash === model)?.setting ?? 'standard'].scoring, mapWidth * mapHeight)
}

/** The cross-validated scores of the baseline, as long as the draft still holds the model that judged the part. */
async function goodScoresOf({ regionId, model }: Reading, evidence: EvidencePort): Promise<readonly number[]> {
  const draft = await evidence.loadDocument('commissioning')
  if (!draft.ok) return draft.fault.code === 'request/notFound' ? [] : orEnd(draft as Result<never>)
  const { learnt } = draft.value as CommissioningDraft
  return learnt?.regions.find((region) => region.regionId === regionId && region.model.sha256 === model)?.holdOutScores ?? []
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

function linesOf({ regionName, score, threshold, goodAsHigh, defect, steps, replay }: RegionAdvice): readonly string[] {
  const { line, falseRejects, falseRejectsNow } = threshold
  const cost = falseRejects.n === 0
    ? 'What that costs cannot be told: the good parts of this model are not in this folder.'
    : `Of ${falseRejects.n} good parts ${percent(falseRejects.value)} would then be rejected (95 %: ${percent(falseRejects.low)} to ${percent(falseRejects.high)}), now it is ${percent(falseRejectsNow.value)}; ${percent(goodAsHigh)} of them score as high as this part.`
  return [
    `${regionName}: score ${score.toPrecision(4)}; a line at ${line} would have caught it.`,
    `  ${cost}`,
    ...(replay ? [`  Of the ${replay.parts} parts that this model has judged ${replay.changed} would have changed with that line.`] : []),
    `  The hottest place, at ${defect.peak.x.toFixed(0)}, ${defect.peak.y.toFixed(0)} px, covers ${defect.cells} of the model's cells of ${defect.cellWidthPx.toFixed(1)} × ${defect.cellHeightPx.toFixed(1)} px.`,
    ...steps.map((step, i) => `  ${i + 1}. ${sentenceOf(step, line)}`),
  ]
}

function sentenceOf(step: AdviceStep, line: number): string {
  switch (step.kind) {
    case 'lowerThreshold':
      return `Lower the line to ${line}; replay it over a longer period first.`
    case 'smallerRegion':
      return `Draw a region of at most ${step.widthPx} × ${step.heightPx} px around the place: the defect covers fewer cells than make a score.`
    case 'largerInput':
      return `Or learn with an input ${step.factor} times as wide and high, where the cycle time allows it.`
    case 'moreImages':
      return 'Take more good parts, above all of the look that now scores high: to this model the defect lies within the normal.'
    case 'detector':
      return 'If that does not part them, use a detector trained on this kind of defect.'
  }
}
