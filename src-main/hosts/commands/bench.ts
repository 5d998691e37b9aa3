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
import { addInferenceOptions, type InferenceOptions } from '../inferenceSettings.ts'
import { watchIdleLoop, watchLoop, type Stall } from '../loopStall.ts'
import { measureCommits } from '../measureCommits.ts'
import { measureStart, type ColdStart } from '../measureStart.ts'
import { wholeNumber } from './enrolOptions.ts'
import { orEnd, printDocument, say } from './output.ts'
import { quietSink } from './quietSink.ts'

interface BenchOptions extends InferenceOptions {
  readonly parts: number
  readonly json?: true
}

const baselineImages = 100
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
    const figures = { ...running, coldStart: orEnd(await measureStart({ ...options, firstSeed: 2 })) }
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
  readonly commitsPerSecond: number
  readonly mainLoopStallMs: Stall
  /** Of a loop that has nothing to do, at the same time: what the machine itself adds when its cores are busy. */
  readonly idleLoopStallMs: Stall
  readonly provider: string
  readonly coldStart: ColdStart
}

async function measure(station: ComposedStation, judged: readonly ClosedInspection[], firstPart: Promise<undefined>, done: Promise<undefined>): Promise<Omit<Figures, 'coldStart'>> {
  const { control, commissioning, evidence, clock } = station
  say('commissioning one region of 256 × 256 px …')
  orEnd(await control.beginCommissioning('Bench', 'simulated:plate'))
  orEnd(await commissioning.setRegions([{ id: 'part' as RegionId, name: 'Part', shape: { kind: 'rectangle', x: 192, y: 112, width: 256, height: 256 }, masks: [] }]))
  orEnd(await commissioning.captureBaseline(baselineImages))
  const startedMs = clock.monotonicMs()
  orEnd(await commissioning.learn())
  const enrol100Seconds = (clock.monotonicMs() - startedMs) / 1000
  orEnd(await commissioning.testOutput('reject'))
  orEnd(await commissioning.confirmOutput('reject', true))
  say('judging …')
  orEnd(await control.finishCommissioning())
  await firstPart
  const idle = watchIdleLoop()
  const loop = watchLoop()
  await done
  const mainLoopStallMs = loop.stop()
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
  `enrolment of 100 images ${figures.enrol100Seconds.toFixed(1)} s`,
  `evidence commits        ${figures.commitsPerSecond.toFixed(0)} per second`,
  `main loop stall         p99 ${ms(figures.mainLoopStallMs.p99)}  max ${ms(figures.mainLoopStallMs.max)}`,
  `idle loop, same time    p99 ${ms(figures.idleLoopStallMs.p99)}  max ${ms(figures.idleLoopStallMs.max)}`,
  `cold start to READY     ${ms(figures.coldStart.readyMs)}, of this the parity seal ${ms(figures.coldStart.parityMs)}`,
  `first decision after it ${ms(figures.coldStart.firstDecisionMs)}`,
]

const ms = (value: number): string => `${value.toFixed(2)} ms`
