import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Option, type Command } from 'commander'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { judgeRoles, type JudgeRole } from '../judge/faultSchedule.ts'
import { judgeLine } from '../judge/judgeLine.ts'
import type { Reconciliation } from '../judge/reconcile.ts'
import { wholeNumber } from './enrolOptions.ts'
import { exitCodes, printDocument, say, untilInterrupted } from './output.ts'

interface JudgeLineOptions {
  readonly parts: number
  readonly seed: number
  readonly role: JudgeRole | 'both'
  readonly lines: number
  readonly faultEvery: number
  readonly travel: number
  readonly pitch: number
  readonly data?: string
  readonly notes?: true
  readonly json?: true
}

interface JudgedLine extends Reconciliation {
  readonly role: JudgeRole
  readonly seed: number
}

const progressEveryMs = 10_000
const gapsShown = 20

/** `stationmaster judge-line`: the station as it ships, against conveyors that misbehave, and their logs against the evidence. */
export function addJudgeLine(program: Command): void {
  program
    .command('judge-line')
    .description('run the station against a simulated conveyor with random faults, and prove that nothing left without its own PASS')
    .option('--parts <n>', 'parts of all lines together', wholeNumber(1, 10_000_000), 1_000)
    .option('--seed <n>', 'the same seed brings the same parts and faults', wholeNumber(0, 2 ** 31), 1)
    .addOption(new Option('--role <role>', 'of the station: Modbus client of an I/O module, server of a PLC').choices([...judgeRoles, 'both']).default('both'))
    .option('--lines <n>', 'stations side by side of each role', wholeNumber(1, 16), 1)
    .option('--fault-every <n>', 'one part in so many meets a fault', wholeNumber(1, 1_000_000), 100)
    .option('--travel <ms>', 'from camera to ejector: longer for a busy machine', wholeNumber(40, 2_000), 80)
    .option('--pitch <ms>', 'between two parts while something is under way; shorter than --travel, and several are on the way to the ejector at a time', wholeNumber(100, 10_000), 1_000)
    .option('--data <dir>', 'where the evidence is left (default: a new temporary folder)')
    .option('--notes', 'say on stderr what the stations and the faults do')
    .option('--json', 'print one JSON document')
    .action((options: JudgeLineOptions) => untilInterrupted((signal) => judge(options, signal)))
}

async function judge({ parts, seed, role, lines, faultEvery, travel, pitch, data, notes, json }: JudgeLineOptions, signal: AbortSignal): Promise<void> {
  const dataDir = data ?? (await mkdtemp(join(tmpdir(), 'stationmaster-judge-')))
  const roles = role === 'both' ? judgeRoles : [role]
  const clock = systemClock()
  const startedMs = clock.monotonicMs()
  const done = new Map<string, number>()
  const total = (): number => [...done.values()].reduce((sum, one) => sum + one, 0)
  const progress = setInterval(() => { say(`${total()} parts, ${(total() / (clock.monotonicMs() - startedMs) * 1_000).toFixed(1)} a second`) }, progressEveryMs)
  const wanted = Array.from({ length: lines }, (_, i) => roles.map((one, j) => ({ role: one, seed: seed + i * roles.length + j }))).flat()
  const share = Math.ceil(parts / wanted.length)
  try {
    const judged = await Promise.all(wanted.map(async (one): Promise<JudgedLine> => {
      const name = `${one.role}-${one.seed}`
      const onNote = (note: object): void => { if (notes) say(`${name} ${JSON.stringify(note)}`) }
      return { ...one, ...(await judgeLine({ course: { ...one, travelMs: travel, pitchMs: pitch }, parts: share, faultEvery, dataDir: join(dataDir, name), clock, signal, onPart: (part) => { done.set(name, part) }, onNote })) }
    }))
    const seconds = (clock.monotonicMs() - startedMs) / 1_000
    printDocument(json, { seconds, judged }, [...judged.flatMap(linesOf), ...(judged.length > 1 ? togetherLines(judged) : []), `${total()} parts in ${seconds.toFixed(0)} s; evidence in ${dataDir}`])
    if (judged.some(({ gaps }) => gaps.length > 0)) process.exitCode = exitCodes.error
  } finally {
    clearInterval(progress)
  }
}

const row = (name: string, value: string | number): string => `  ${name.padEnd(22)} ${value}`

function togetherLines(judged: readonly JudgedLine[]): string[] {
  const sum = (of: (line: JudgedLine) => number): number => judged.reduce((total, line) => total + of(line), 0)
  const names = ['parts', 'defective', 'triggers', 'records', 'pictures', 'released', 'modelMisses', 'passedAndRejected', 'unheard', 'withoutReceipt', 'disturbedSeconds'] as const
  return [`${judged.length} lines together`, ...names.map((name) => row(name, sum(({ counts }) => counts[name]))), row('wrong releases', sum(wrongReleases)), row('gaps', sum(({ gaps }) => gaps.length))]
}

const wrongReleases = ({ gaps }: JudgedLine): number => gaps.filter(({ what }) => what === 'wrongRelease').length

function linesOf(line: JudgedLine): string[] {
  const { role, seed, counts, gaps } = line
  const { faults, verdicts, ...numbers } = counts
  const listed = (table: Readonly<Record<string, number>>): string => Object.entries(table).map(([name, count]) => `${name} ${count}`).join(', ') || 'none'
  return [
    `station as Modbus ${role}, seed ${seed}`,
    ...Object.entries(numbers).map(([name, value]) => row(name, value)),
    row('faults in records', listed(faults)),
    ...(role === 'server' ? [row('what the PLC made', listed(verdicts))] : []),
    row('wrong releases', wrongReleases(line)),
    row('gaps', gaps.length),
    ...gaps.slice(0, gapsShown).map(({ what, about }) => `    ${what}: ${about}`),
    ...(gaps.length > gapsShown ? [`    and ${gaps.length - gapsShown} more`] : []),
  ]
}
