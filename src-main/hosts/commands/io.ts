import type { Command } from 'commander'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import type { LineSettings } from '../../domain/lineSettings.ts'
import { manualNumber } from '../../domain/manualNumber.ts'
import type { OutputWiring } from '../../domain/recipe.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'
import { runLoops } from '../../service/io/runLoops.ts'
import { testLink } from '../../service/io/testLink.ts'
import { testOutputs } from '../../service/io/testOutputs.ts'
import { openDevices } from '../openDevices.ts'
import { readRecipeFile } from '../recipeFile.ts'
import { explainFault } from '../sentences.ts'
import { wholeNumber } from './enrolOptions.ts'
import { ioReportLines, ioTroubles, type IoReport } from './ioReport.ts'
import { CommandError, exitCodes, orEnd, printDocument, say, untilInterrupted } from './output.ts'
import { progressLine } from './progressLine.ts'

interface IoTestOptions {
  readonly plc: string
  readonly recipe?: string
  readonly reject: number
  readonly accept?: number
  readonly hold?: number
  readonly delay: number
  readonly pulse: number
  readonly triggerInput?: number
  readonly json?: true
}

const coil = wholeNumber(0, 65_535)

/** `stationmaster io test`: the tests of the I/O screen without a screen. It moves real actuators. */
export function addIo(program: Command): void {
  program
    .command('io')
    .description('the wiring between station and line')
    .command('test')
    .description('list the registers, fire every wired output, run twenty handshakes, pull the link where it is simulated; moves real actuators')
    .requiredOption('--plc <target>', 'simulated, tcp://HOST:PORT[/UNIT], rtu:///dev/PORT or listen://ADDRESS:PORT?allow=ADDRESS')
    .option('--recipe <file>', 'take outputs and line settings from a recipe file, in place of the options below')
    .option('--reject <coil>', 'coil of the reject, from 0', coil, 0)
    .option('--accept <coil>', 'coil of the accept, from 0', coil)
    .option('--hold <coil>', 'coil of the hold, from 0', coil)
    .option('--delay <ms>', 'delay of each output', wholeNumber(0, 10_000), 0)
    .option('--pulse <ms>', 'pulse of each output', wholeNumber(5, 1_000), 100)
    .option('--trigger-input <address>', 'wait for this discrete input before each of the twenty pulses', coil)
    .option('--json', 'print one JSON document')
    .action((options: IoTestOptions) => untilInterrupted((signal) => ioTest(options, signal)))
}

async function ioTest(options: IoTestOptions, signal: AbortSignal): Promise<void> {
  const clock = systemClock()
  const wiring = options.recipe === undefined ? wiringOf(options) : await wiringOfRecipe(options.recipe)
  const devices = openDevices({ clock, pace: 'onDemand', firstSeed: 1, isKnown: async () => [] })
  const plc = orEnd(await devices.openPlc(options.plc))
  try {
    const opened = await plc.open(wiring)
    if (!opened.ok) throw new CommandError(exitCodes.error, explainFault(opened.fault))
    const report = await examine(plc, options.plc, wiring, clock, signal)
    printDocument(options.json, report, ioReportLines(report))
    for (const trouble of ioTroubles(report)) say(trouble)
    if (ioTroubles(report).length > 0) throw new CommandError(exitCodes.error, 'the wiring has not passed')
  } finally {
    await plc.close()
  }
}

async function examine(plc: PlcPort, target: string, wiring: LineWiring, clock: ClockPort, signal: AbortSignal): Promise<IoReport> {
  const rows = await plc.registers()
  const isHandshake = wiring.line?.trigger.kind === 'plc'
  // The server role has no outputs of its own: the PLC moves them.
  const outputs = isHandshake ? [] : await testOutputs(plc, wiring.outputs, clock, signal)
  const progress = progressLine(clock)
  const loops = await runLoops({ plc, reject: wiring.outputs.reject, settings: wiring.line, decisionMs: 0 }, clock, progress.show, signal)
  progress.clear()
  const unasked = { say: () => undefined, pluggedIn: new AbortController().signal }
  const link = plc.simulation && !isHandshake ? await testLink(plc, wiring.outputs.reject.coil, clock, unasked, signal) : null
  return {
    plc: { target, isSimulated: plc.isSimulated, ...plc.health() },
    registers: rows.ok ? rows.value.map((row) => ({ ...row, manual: manualNumber(row.space, row.address) })) : [],
    registersFault: rows.ok ? null : rows.fault,
    outputs, loops, link,
  }
}

async function wiringOfRecipe(file: string): Promise<LineWiring> {
  const { outputs, line } = orEnd(await readRecipeFile(file)).recipe
  return { outputs, ...(line && { line }) }
}

function wiringOf({ plc, reject, accept, hold, delay: delayMs, pulse: pulseMs, triggerInput }: IoTestOptions): LineWiring {
  const coils = [reject, accept, hold].filter((one) => one !== undefined)
  if (new Set(coils).size < coils.length) throw new CommandError(exitCodes.usage, 'two outputs share a coil')
  const lineAt = (at: number) => ({ coil: at, delayMs, pulseMs })
  const outputs: OutputWiring = { reject: lineAt(reject), ...(accept !== undefined && { accept: lineAt(accept) }), ...(hold !== undefined && { hold: lineAt(hold) }) }
  if (plc.startsWith('listen:')) return { outputs, line: { ...plain, trigger: { kind: 'plc' }, partIds: { kind: 'plc' } } }
  return triggerInput === undefined ? { outputs } : { outputs, line: { ...plain, trigger: { kind: 'input', input: triggerInput, edge: 'rising', debounceMs: 5 } } }
}

const plain: LineSettings = { trigger: { kind: 'camera' }, partIds: { kind: 'counter', prefix: '' }, deadlineMs: 1_000, stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 } }
