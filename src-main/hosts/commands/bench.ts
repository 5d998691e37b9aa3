import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { jsonLog } from '../../adapters/log/jsonLog.ts'
import type { ClosedInspection, StopName } from '../../domain/inspection.ts'
import type { RegionId } from '../../domain/ids.ts'
import { percentilesOf, type Percentiles } from '../../monitoring/lineTelemetry.ts'
import { composeStation, type ComposedStation } from '../compose.ts'
import { measureAlignment } from '../bench/measureAlignment.ts'
import { measurePieces } from '../bench/measurePieces.ts'
import { measureTwoStages } from '../bench/measureTwoStages.ts'
import { residentMemoryMb } from '../bench/residentMemory.ts'
import { addInferenceOptions, inferenceFrom, type InferenceOptions } from '../inferenceSettings.ts'
import { watchIdleLoop, watchLoop, type Stall } from '../loopStall.ts'
import { measureCommits } from '../measureCommits.ts'
import { measureStart, type ColdStart } from '../measureStart.ts'
import { wholeNumber } from './enrolOptions.ts'
import { orEnd, printDocument, say } from './output.ts'
import { withScoringTools } from '../scoringTools.ts'
import { quietSink } from './quietSink.ts'

interface BenchOptions extends InferenceOptions {
  readonly parts: number
  readonly json?: true
}

const baselineImages = 100
const manyImages = 400
const stops: readonly StopName[] = ['capture', 'decode', 'check', 'prepare', 'infer', 'model', 'read', 'judge', 'gate', 'decision']

/** `stationmaster bench`: times on this machine, in one run; compare ratios, not milliseconds, between machines. */
export function addBench(program: Command): void {
  addInferenceOptions(program.command('bench'))
    .description('measure this machine: time per stage, decision over model, enrolment, commits, stalls of the main loop')
    .option('--parts <n>', 'parts to judge', wholeNumber(20, 100_000), 300)
    .option('--json', 'print one JSON document')
    .action(bench)
}

async function bench({ parts, json, ...inference }: BenchOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stationmaster-bench-'))
  try {
    const judged: ClosedInspection[] = []
    const [first, last] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const onClosed = (inspection: ClosedInspection): void => {
      if (inspection.timingsMs.model !== undefined) judged.push(inspection)
      if (judged.length === 1) first.resolve(undefined)
      if (judged.length === parts) last.resolve(undefined)
    }
    const options = { dataDir, log: jsonLog(quietSink, systemClock()), pace: 'onDemand', firstSeed: 1, inference } as const
    const station = await composeStation({ ...options, onClosed })
    const running = await measure(station, judged, first.promise, last.promise).finally(station.close)
    say('starting cold …')
    const coldStart = orEnd(await measureStart({ ...options, firstSeed: 2 }))
    say('alignment, two stages, pieces …')
    const { alignMs, twoStagesMs } = await withScoringTools(orEnd(inferenceFrom(inference)), async (tools) => ({
      alignMs: orEnd(await measureAlignment(tools.pixels)),
      twoStagesMs: orEnd(await measureTwoStages(tools)),
    }))
    const figures = { ...running, coldStart, alignMs, twoStagesMs, patchcoreMs: await measurePieces() }
    printDocument(json, figures, describe(figures))
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Figures {
  readonly stagesMs: Readonly<Record<string, Percentiles | null>>
  readonly modelMs: Percentiles | null
  readonly decisionMs: Percentiles | null
  /** Median of the parts' own ratios: both times are of the same part. */
  readonly decisionOverModel: number
  readonly enrol100Seconds: number
  readonly enrol400Seconds: number
  /** Of the station and its helpers while it judges, after learning from 400 images; null where the system does not tell. */
  readonly memoryMb: number | null
  readonly commitsPerSecond: number
  readonly mainLoopStallMs: Stall
  /** Of a loop that has nothing to do, at the same time: what the machine itself adds when its cores are busy. */
  readonly idleLoopStallMs: Stall
  readonly provider: string
  readonly coldStart: ColdStart
  /** `alignPart` on 1 Mpx. */
  readonly alignMs: Percentiles
  readonly twoStagesMs: Readonly<Record<'spared' | 'verified' | 'alone', Percentiles>>
  readonly patchcoreMs: Readonly<Record<'sealed' | 'pieces', Percentiles>>
}

async function measure(station: ComposedStation, judged: readonly ClosedInspection[], firstPart: Promise<undefined>, done: Promise<undefined>): Promise<Omit<Figures, 'coldStart' | 'alignMs' | 'twoStagesMs' | 'patchcoreMs'>> {
  const { control, commissioning, evidence, clock } = station
  say('commissioning one region of 256 × 256 px …')
  orEnd(await control.beginCommissioning('Bench', 'simulated:plate'))
  orEnd(await commissioning.setRegions([{ id: 'part' as RegionId, name: 'Part', shape: { kind: 'rectangle', x: 192, y: 112, width: 256, height: 256 }, masks: [] }]))
  orEnd(await commissioning.captureBaseline(baselineImages))
  const learn = async (): Promise<number> => {
    const startedMs = clock.monotonicMs()
    orEnd(await commissioning.learn())
    return (clock.monotonicMs() - startedMs) / 1000
  }
  const enrol100Seconds = await learn()
  say(`learning from ${manyImages} images …`)
  orEnd(await commissioning.captureBaseline(manyImages - baselineImages))
  const enrol400Seconds = await learn()
  orEnd(await commissioning.testOutput('reject'))
  orEnd(await commissioning.confirmOutput('reject', true))
  say('judging …')
  orEnd(await control.finishCommissioning())
  await firstPart
  const idle = watchIdleLoop()
  const loop = watchLoop()
  await done
  const mainLoopStallMs = loop.stop()
  const memoryMb = await residentMemoryMb()
  const idleLoopStallMs = await idle.stop()
  say('measuring commits …')
  await control.stop()
  const commitsPerSecond = orEnd(await measureCommits(judged[0]!, evidence, clock))
  const times = (stop: StopName): number[] => judged.flatMap((one) => one.timingsMs[stop] ?? [])
  return {
    stagesMs: Object.fromEntries(stops.map((stop) => [stop, percentilesOf(times(stop))])),
    modelMs: percentilesOf(times('model')),
    decisionMs: percentilesOf(times('decision')),
    decisionOverModel: percentilesOf(judged.map(({ timingsMs }) => timingsMs.decision! / timingsMs.model!))!.p50,
    enrol100Seconds,
    enrol400Seconds,
    memoryMb,
    commitsPerSecond,
    mainLoopStallMs,
    idleLoopStallMs,
    provider: judged[0]!.readings.map((reading) => reading.provider).join(', '),
  }
}

const describe = (figures: Figures): string[] => [
  `models run on           ${figures.provider}`,
  ...Object.entries(figures.stagesMs).map(([stop, time]) => `${stop.padEnd(10)} ${time ? `p50 ${ms(time.p50)}  p99 ${ms(time.p99)}  (${time.n})` : '–'}`),
  `decision over model     ${figures.decisionOverModel.toFixed(3)}`,
  `enrolment               ${figures.enrol100Seconds.toFixed(1)} s from 100 images, ${figures.enrol400Seconds.toFixed(1)} s from 400`,
  `memory, all processes   ${figures.memoryMb === null ? 'not told by this system' : `${figures.memoryMb.toFixed(0)} MB while running, after learning from 400 images`}`,
  `alignment on 1 Mpx      ${spread(figures.alignMs)}; the bare model ${figures.modelMs ? spread(figures.modelMs) : '–'}`,
  `two stages              ${spread(figures.twoStagesMs.spared)} spared by the screen, ${spread(figures.twoStagesMs.verified)} verified, ${spread(figures.twoStagesMs.alone)} detailed alone`,
  `PatchCore               ${spread(figures.patchcoreMs.sealed)} sealed, ${spread(figures.patchcoreMs.pieces)} in pieces (features in a session, search in typed arrays)`,
  `evidence commits        ${figures.commitsPerSecond.toFixed(0)} per second`,
  `main loop stall         p99 ${ms(figures.mainLoopStallMs.p99)}  max ${ms(figures.mainLoopStallMs.max)}`,
  `idle loop, same time    p99 ${ms(figures.idleLoopStallMs.p99)}  max ${ms(figures.idleLoopStallMs.max)}`,
  `cold start to READY     ${ms(figures.coldStart.readyMs)}, of this the parity seal ${ms(figures.coldStart.parityMs)}`,
  `first decision after it ${ms(figures.coldStart.firstDecisionMs)}`,
]

const spread = ({ p50, p99 }: Percentiles): string => `p50 ${ms(p50)} p99 ${ms(p99)}`

const ms = (value: number): string => `${value.toFixed(2)} ms`
