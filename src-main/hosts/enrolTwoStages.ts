import { fault } from '../domain/fault.ts'
import { defaultInference } from '../domain/inference.ts'
import type { Recipe, Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { featureSettings } from '../learning/featureSetting.ts'
import { screenLine, type ScreenedPart, type ScreenLine } from '../learning/screenLine.ts'
import { stagesApart } from '../pipeline/twoStages.ts'
import { recipeText } from '../records/recipeText.ts'
import type { ReportProgress } from '../service/jobs.ts'
import { shelfOf } from './pinnedFiles.ts'
import { hashOf, type CompleteRecipe } from './recipeFile.ts'
import { enrolRecipe, type EnrolledRecipe, type EnrolPlan, type EnrolTools } from './enrolRecipe.ts'
import { openStored } from './imageFolder.ts'
import { withScoringTools } from './scoringTools.ts'
import { loadModels } from '../station/prepareLine.ts'

export interface TwoStageRecipe extends EnrolledRecipe {
  readonly screen: ScreenLine & {
    /** Bare time of the screen's model, as `region.latencyMs` is of the other's. */
    readonly latencyMs: number
    /** Known-bad parts that were not found in their picture: no line is about them, as none of them is ever judged. */
    readonly notFound: number
  }
}

const [screening, deciding] = ['fast', 'detailed'] as const

/**
 * Learns the same pictures twice, fast and detailed, and lets the fast model screen for the detailed one, whose limits the region has.
 * `knownBad` are pictures of defective parts: what the detailed model finds in them the screen may not pass either. Faults: those of
 * `enrolRecipe`, and request/invalid where a screen would spare the detailed model nothing.
 */
export async function enrolTwoStages(plan: Omit<EnrolPlan, 'setting' | 'inputSize'>, knownBad: readonly string[], tools: EnrolTools, report: ReportProgress, signal: AbortSignal): Promise<Result<TwoStageRecipe>> {
  const learn = (setting: typeof screening | typeof deciding, begins: number): ReturnType<typeof enrolRecipe> =>
    enrolRecipe({ ...plan, setting, inputSize: featureSettings[setting].inputSize }, tools, ({ done, ...progress }) => { report({ ...progress, done: begins + done / 2, etaSeconds: null }) }, signal)
  const fast = await learn(screening, 0)
  if (!fast.ok) return fast
  const thorough = await learn(deciding, 0.5)
  if (!thorough.ok) return thorough

  const { recipe, region: { holdOutScores, limits } } = thorough.value
  const models = new Map([...thorough.value.models, ...fast.value.models])
  const withScreen = (passUpTo: number): Recipe => ({ ...recipe, regions: recipe.regions.map((region) => ({ ...region, screen: { model: fast.value.region.model, passUpTo } })) })
  const bad = knownBad.length === 0 ? succeed({ scores: [], notFound: 0 }) : await scoreKnownBad(knownBad, { recipe: withScreen(0), models }, signal)
  if (!bad.ok) return bad
  const good = holdOutScores.map((model, i): ScreenedPart => ({ model, screen: fast.value.region.holdOutScores[i]!, isGood: true }))
  const line = screenLine([...good, ...bad.value.scores], limits.unsureAbove)
  if (!line) return fail(fault('request/invalid', 'the fast model finds no part more harmless than those that the detailed one fails: a screen would spare nothing. Enrol without --two-stage.'))
  const screened = withScreen(line.passUpTo)
  return succeed({
    ...thorough.value, recipe: screened, sha256: hashOf(recipeText(screened)), models,
    seconds: fast.value.seconds + thorough.value.seconds,
    screen: { ...line, latencyMs: fast.value.region.latencyMs, notFound: bad.value.notFound },
  })
}

interface ScoredBad {
  readonly scores: readonly ScreenedPart[]
  readonly notFound: number
}

/** Both stages of every known-bad part. */
async function scoreKnownBad(files: readonly string[], { recipe, models }: Pick<CompleteRecipe, 'recipe' | 'models'>, signal: AbortSignal): Promise<Result<ScoredBad>> {
  return withScoringTools(defaultInference, async ({ pixels, model }) => {
    const loaded = await loadModels(recipe, { model, evidence: shelfOf({ models }, new Map()) })
    if (!loaded.ok) return loaded
    const stages = stagesApart(recipe.regions) as readonly [Region, Region]
    const scores: ScreenedPart[] = []
    for (const file of files) {
      if (signal.aborted) return fail(fault('learning/cancelled', 'enrolment was cancelled'))
      const frame = await openStored(file, pixels, recipe.frame.maxPixels)
      if (!frame.ok) return frame
      const { image } = frame.value
      if (image.widthPx !== recipe.frame.widthPx || image.heightPx !== recipe.frame.heightPx)
        return fail(fault('frame/wrongSize', `${file} is ${image.widthPx}×${image.heightPx} px and not ${recipe.frame.widthPx}×${recipe.frame.heightPx} px`))
      const pose = recipe.alignment && await pixels.align(image, recipe.alignment)
      if (pose && !pose.ok) continue
      const raw = await model.run(await pixels.cut(image, stages, pose?.value), scoringDeadlineMs)
      if (!raw.ok) return raw
      const [decided, screened] = raw.value
      scores.push({ model: decided!.score, screen: screened!.score, isGood: false })
    }
    return succeed({ scores, notFound: files.length - scores.length })
  })
}

/** No part of the line waits for these. */
const scoringDeadlineMs = 10_000
