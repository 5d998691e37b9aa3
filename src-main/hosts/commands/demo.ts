import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { jsonLog } from '../../adapters/log/jsonLog.ts'
import type { ClosedInspection } from '../../domain/inspection.ts'
import { percentilesOf } from '../../monitoring/lineTelemetry.ts'
import { composeStation } from '../compose.ts'
import { commissionDemo } from '../demoStation.ts'
import { sayReason } from '../sentences.ts'
import { wholeNumber } from './enrolOptions.ts'
import { inspectionLine } from './inspectionLine.ts'
import { orEnd, printDocument, say, untilInterrupted } from './output.ts'
import { quietSink } from './quietSink.ts'

interface DemoOptions {
  readonly parts: number
  readonly world: string
  readonly data?: string
  readonly json?: true
}

const goodParts = 60

/** `stationmaster demo`: the whole job without a screen, judged against what the simulated world knows of its parts. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('commission a simulated world and judge parts whose truth is known')
    .option('--parts <n>', 'parts to judge', wholeNumber(1, 100_000), 60)
    .option('--world <name>', 'plate, cap, weave, or a world file', 'plate')
    .option('--data <dir>', 'where the evidence is left (default: a new temporary folder)')
    .option('--json', 'print one JSON document')
    .action((options: DemoOptions) => untilInterrupted((signal) => demo(options, signal)))
}

async function demo({ parts, world, data, json }: DemoOptions, signal: AbortSignal): Promise<void> {
  const dataDir = data ?? (await mkdtemp(join(tmpdir(), 'stationmaster-demo-')))
  const judged: ClosedInspection[] = []
  const done = Promise.withResolvers<undefined>()
  signal.addEventListener('abort', () => { done.resolve(undefined) }, { once: true })
  const onClosed = (inspection: ClosedInspection): void => {
    if (judged.length >= parts) return
    judged.push(inspection)
    if (!json) process.stdout.write(`${partLine(inspection)}\n`)
    if (judged.length === parts) done.resolve(undefined)
  }
  const station = await composeStation({ dataDir, log: jsonLog(quietSink, systemClock()), pace: 'onDemand', firstSeed: 1, onClosed })
  try {
    orEnd(await commissionDemo(station, { world, goodParts }, (stage) => { say(`${stage} …`) }))
    await done.promise
  } finally {
    await station.close()
  }
  const summary = summarise(judged)
  printDocument(json, { world, dataDir, ...summary, inspections: judged.map(inspectionLine) }, summaryLines(summary, dataDir))
}

function partLine({ partId, outcome, disposition, reasons, fault, truth, receipt }: ClosedInspection): string {
  const known = truth?.frameFault ?? (truth?.defects.join(', ') || 'good')
  const verdict = fault ? fault.code : (outcome ?? '')
  return `${partId.padEnd(12)} ${verdict.padEnd(16)} ${disposition.padEnd(7)} ${(receipt?.readBack ?? '').padEnd(9)} [${known}] ${reasons.map(sayReason).join(' ')}`
}

/** Missed: known defective and accepted. Falsely rejected: known good, a sound frame, and not accepted. */
function summarise(judged: readonly ClosedInspection[]) {
  const sound = judged.filter((one) => !one.truth?.frameFault)
  const defective = sound.filter((one) => one.truth?.isDefective)
  const good = sound.filter((one) => !one.truth?.isDefective)
  return {
    parts: judged.length,
    defective: defective.length,
    missed: defective.filter((one) => one.disposition === 'accept').length,
    good: good.length,
    falselyRejected: good.filter((one) => one.disposition !== 'accept').length,
    frameFaults: judged.length - sound.length,
    frameFaultsAccepted: judged.filter((one) => one.truth?.frameFault && one.disposition === 'accept').length,
    decisionMs: percentilesOf(judged.flatMap((one) => one.timingsMs.decision ?? [])),
    modelMs: percentilesOf(judged.flatMap((one) => one.timingsMs.model ?? [])),
  }
}

const summaryLines = (summary: ReturnType<typeof summarise>, dataDir: string): string[] => [
  '',
  `${summary.parts} parts: ${summary.missed} of ${summary.defective} defective missed, ${summary.falselyRejected} of ${summary.good} good falsely rejected,`,
  `${summary.frameFaults} bad frames, ${summary.frameFaultsAccepted} of them accepted`,
  `decision p50 ${summary.decisionMs?.p50.toFixed(1)} ms, p99 ${summary.decisionMs?.p99.toFixed(1)} ms; of this the model ${summary.modelMs?.p50.toFixed(1)} ms`,
  `evidence in ${dataDir}`,
]
