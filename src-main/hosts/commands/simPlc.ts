import { createInterface } from 'node:readline'
import { Option, type Command } from 'commander'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { demoBelt, gateKinds, type GateKind } from '../../adapters/plc/conveyor/beltPlan.ts'
import { lineFaults, type LineFault } from '../../adapters/plc/conveyor/lineEvent.ts'
import { openPlcLine } from '../../adapters/plc/conveyor/plcLine.ts'
import { openRemoteIoLine } from '../../adapters/plc/conveyor/remoteIoLine.ts'
import type { SimulatedLine } from '../../adapters/plc/conveyor/simulatedLine.ts'
import { wholeNumber } from './enrolOptions.ts'
import { CommandError, exitCodes, say, untilInterrupted } from './output.ts'

interface SimPlcOptions {
  readonly role: 'server' | 'client'
  readonly host: string
  readonly port: number
  readonly gate: GateKind
  readonly speed: number
  readonly pitch: number
  readonly defective: number
  readonly deadline: number
  readonly seed: number
  readonly fault: readonly LineFault[]
}

/** `stationmaster sim-plc`: a conveyor at the other end of a real Modbus TCP connection, and its log. */
export function addSimPlc(program: Command): void {
  program
    .command('sim-plc')
    .description('a simulated conveyor behind real Modbus TCP; prints a JSON line for every event')
    .requiredOption('--port <n>', 'role server: where the station connects; role client: where the station listens', wholeNumber(1, 65_535))
    .option('--host <address>', 'network interface to listen on, or the station’s address', '127.0.0.1')
    .addOption(new Option('--role <role>', 'server: an I/O module for a station that is the client; client: a PLC for one that is the server').choices(['server', 'client']).default('server'))
    .addOption(new Option('--gate <kind>', 'what opens the way: the accept output, or nothing but the reject output closes it').choices(gateKinds).default(demoBelt.gate))
    .option('--speed <mmPerS>', 'belt speed', wholeNumber(1, 5_000), demoBelt.speedMmPerS)
    .option('--pitch <mm>', 'from part to part', wholeNumber(10, 10_000), demoBelt.pitchMm)
    .option('--defective <percent>', 'share of defective parts', wholeNumber(0, 100), 100 * demoBelt.defectiveShare)
    .option('--deadline <ms>', 'role client: trigger to result', wholeNumber(10, 10_000), 400)
    .option('--seed <n>', 'the same seed gives the same parts', wholeNumber(0, 2 ** 31), demoBelt.seed)
    .addOption(new Option('--fault <name...>', 'faults to begin with; type a name to switch one, `help` lists them').choices(lineFaults).default([]))
    .action((options: SimPlcOptions) => untilInterrupted((signal) => simulate(options, signal)))
}

async function simulate(options: SimPlcOptions, signal: AbortSignal): Promise<void> {
  const line = await openLine(options).catch((error: unknown) => {
    throw new CommandError(exitCodes.error, `${options.host}:${options.port} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  })
  line.onEvent((event) => { process.stdout.write(`${JSON.stringify(event)}\n`) })
  const isOn = new Set<LineFault>()
  const toggle = (name: LineFault): void => {
    if (!isOn.delete(name)) isOn.add(name)
    line.setFault(name, isOn.has(name))
  }
  options.fault.forEach(toggle)
  const commands = createInterface(process.stdin)
  commands.on('line', (text) => {
    const name = lineFaults.find((one) => one === text.trim())
    if (name) toggle(name)
    else if (text.trim() !== '') say(`type one of: ${lineFaults.join(' ')}`)
  })
  say(options.role === 'server' ? `a station reaches this conveyor at tcp://${options.host}:${line.port}` : `driving the station at ${options.host}:${options.port}`)
  await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve() }, { once: true }) })
  commands.close()
  await line.close()
}

function openLine({ role, host, port, gate, speed, pitch, defective, deadline, seed }: SimPlcOptions): Promise<SimulatedLine> {
  const plan = { ...demoBelt, seed, gate, speedMmPerS: speed, pitchMm: pitch, pitchJitterMm: pitch / 10, partLengthMm: pitch / 5, defectiveShare: defective / 100 }
  const clock = systemClock()
  return role === 'server' ? openRemoteIoLine(plan, { host, port }, clock) : openPlcLine({ plan, station: { host, port }, deadlineMs: deadline, clock })
}
