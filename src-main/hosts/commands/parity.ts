import type { Command } from 'commander'
import { succeed } from '../../domain/result.ts'
import { isHeld, parityFault, scoreSeal, type ParityFigure } from '../../station/paritySeal.ts'
import { loadModels } from '../../station/prepareLine.ts'
import { addInferenceOptions, inferenceFrom, type InferenceOptions } from '../inferenceSettings.ts'
import { readPinnedFiles, shelfOf } from '../pinnedFiles.ts'
import { readRecipeFile } from '../recipeFile.ts'
import { withScoringTools } from '../scoringTools.ts'
import { CommandError, exitCodes, orEnd, printDocument, say } from './output.ts'

interface ParityOptions extends InferenceOptions {
  readonly recipe: string
  readonly json?: true
}

/** `stationmaster parity`: what a station asks itself at each start, by hand and with every figure; 4 when the seal is broken. */
export function addParity(program: Command): void {
  addInferenceOptions(program.command('parity'))
    .description('score the pinned frames of a recipe again, and say whether they still score as when it was enrolled')
    .requiredOption('--recipe <file>', 'recipe file, as `stationmaster enrol` writes it, with its models and pinned frames beside it')
    .option('--json', 'print one JSON document')
    .action(parity)
}

async function parity({ recipe: file, json, ...options }: ParityOptions): Promise<void> {
  const inference = orEnd(inferenceFrom(options))
  const complete = orEnd(await readRecipeFile(file))
  const { recipe } = complete
  const { seal } = recipe
  if (!seal) throw new CommandError(exitCodes.notFound, `${file} has no parity seal: it was made before there were any. Enrol it again to get one.`)
  const pinned = orEnd(await readPinnedFiles(file, recipe))
  const { figures, health, tookMs } = orEnd(await withScoringTools(inference, async (opened) => {
    const tools = { ...opened, evidence: shelfOf(complete, pinned) }
    const loaded = await loadModels(recipe, tools)
    const startedMs = tools.clock.monotonicMs()
    const scored = loaded.ok ? await scoreSeal(seal, recipe, tools) : loaded
    return scored.ok ? succeed({ figures: scored.value, health: tools.model.health(), tookMs: tools.clock.monotonicMs() - startedMs }) : scored
  }))
  if (health.status !== 'ok') say(`warning: ${health.detail}`)
  const broken = parityFault(figures)
  printDocument(json, { recipe: file, madeWith: seal.madeWith, isHeld: !broken, tookMs, figures }, [
    `sealed on ${seal.madeWith.provider}, onnxruntime ${seal.madeWith.onnxruntime}, Stationmaster ${seal.madeWith.version}`,
    ...figures.map(lineOf),
    `${seal.frames.length} frames in ${tookMs.toFixed(0)} ms: ${broken ? 'BROKEN' : 'held'}`,
  ])
  if (broken) throw new CommandError(exitCodes.integrity, `${broken.detail} (${broken.code})`)
}

function lineOf(figure: ParityFigure): string {
  const { image, regionName, sealed, found, allowed, sealedVerdict, verdict, provider } = figure
  const difference = found - sealed
  const turned = verdict === sealedVerdict ? verdict : `${sealedVerdict} → ${verdict}`
  return `${isHeld(figure) ? 'ok' : '!!'}  ${image.slice(0, 8)}  ${regionName.padEnd(12)} sealed ${sealed.toPrecision(7)}  now ${found.toPrecision(7)}  difference ${difference.toExponential(1)} of ±${allowed.toPrecision(3)}  ${turned}  ${provider}`
}
