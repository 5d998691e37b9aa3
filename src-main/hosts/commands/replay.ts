import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { sqliteEvidence } from '../../adapters/evidence/sqliteEvidence.ts'
import type { ReplayTally, ScoreSeries } from '../../domain/replay.ts'
import type { EvidencePort } from '../../ports/evidence.ts'
import { replayThreshold } from '../../monitoring/replayThreshold.ts'
import { helperEntry } from '../appPaths.ts'
import { defaultDataDir } from '../hostFlags.ts'
import { CommandError, exitCodes, orEnd, printDocument, untilInterrupted } from './output.ts'

interface ReplayOptions {
  readonly data: string
  readonly region: string
  readonly failAbove: number
  readonly unsureAbove?: number
  readonly since?: number
  readonly until?: number
  readonly json?: true
}

/** `stationmaster replay`: what a new line would have made of the parts already judged, before it is applied. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('judge stored scores by a new threshold: how many verdicts would change, and whose')
    .requiredOption('--region <name>', 'name or id of the region whose line is moved')
    .requiredOption('--fail-above <score>', 'the new line', parseScore)
    .option('--unsure-above <score>', 'lower line of an unsure band; the new line when absent', parseScore)
    .option('--since <time>', 'only parts from this time on, such as 2026-11-20 or 2026-11-20T06:00Z', parseTime)
    .option('--until <time>', 'only parts before this time', parseTime)
    .option('--data <dir>', 'where the evidence is kept', defaultDataDir())
    .option('--json', 'print one JSON document')
    .action((options: ReplayOptions) => untilInterrupted((signal) => replay(options, signal)))
}

async function replay({ data, region, failAbove, unsureAbove = failAbove, since, until, json }: ReplayOptions, signal: AbortSignal): Promise<void> {
  if (unsureAbove > failAbove) throw new CommandError(exitCodes.usage, '--unsure-above is over --fail-above')
  await withEvidence(data, async (evidence) => {
    const series = latestOf(orEnd(await evidence.scoreSeries()), region)
    const period = { ...(since !== undefined && { sinceMs: since }), ...(until !== undefined && { untilMs: until }) }
    const tally = orEnd(await replayThreshold(evidence, { series: series.series, failAbove, unsureAbove }, period, signal))
    if (signal.aborted) throw new CommandError(exitCodes.error, 'stopped before every part was looked at')
    printDocument(json, { region: series.regionName, model: series.model, failAbove, unsureAbove, ...tally }, linesOf(series, failAbove, tally))
  })
}

/** Opens the evidence of a station that is not running, and closes it whatever happens. */
export async function withEvidence<T>(directory: string, work: (evidence: EvidencePort) => Promise<T>): Promise<T> {
  const evidence = sqliteEvidence({ directory, thread: helperEntry('evidenceThread') })
  orEnd(await evidence.open())
  try {
    return await work(evidence)
  } finally {
    await evidence.shutDown()
  }
}

/** Scores of different models cannot be compared: of a region's series the one used last. */
function latestOf(series: readonly ScoreSeries[], region: string): ScoreSeries {
  const found = series.find(({ regionName, regionId }) => regionName === region || regionId === region)
  if (found) return found
  const known = [...new Set(series.map(({ regionName }) => regionName))].join(', ')
  throw new CommandError(exitCodes.notFound, `no part has a score of region "${region}"; ${known ? `there are scores of ${known}` : 'this folder holds no scores at all'}`)
}

const shownChanges = 20

function linesOf({ regionName, model }: ScoreSeries, failAbove: number, tally: ReplayTally): readonly string[] {
  const { parts, changed, changes, undecided, before, after, truth } = tally
  const known = truth.good + truth.defective
  return [
    `With ${regionName} failing above ${failAbove}, ${changed} of the ${parts} parts judged with model ${model.slice(0, 8)} would have changed.`,
    `  pass ${before.pass} → ${after.pass}, unsure ${before.unsure} → ${after.unsure}, fail ${before.fail} → ${after.fail}`,
    ...(undecided > 0 ? [`  ${undecided} also hung on a smallest area or on the parts before; they are counted as they were.`] : []),
    ...(known > 0 ? [`  of ${truth.defective} known to be defective ${truth.missed.before} → ${truth.missed.after} would pass, of ${truth.good} known to be good ${truth.falseRejects.before} → ${truth.falseRejects.after} would not`] : []),
    ...changes.slice(0, shownChanges).map((one) => `  ${one.wallTime}  ${one.partId}  ${one.before} → ${one.after}  ${one.resultId}`),
    ...(changed > shownChanges ? [`  … and ${changed - shownChanges} more (--json names up to 1,000)`] : []),
  ]
}

function parseScore(text: string): number {
  const score = Number(text)
  if (text.trim() === '' || !Number.isFinite(score) || score <= 0) throw new InvalidArgumentError('A score is a number over 0.')
  return score
}

function parseTime(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Write a time as 2026-11-20 or 2026-11-20T06:00Z.')
  return ms
}
