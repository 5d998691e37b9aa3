import type { Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { RegisterRow } from '../../domain/lineSignals.ts'
import type { LatencyFigures } from '../../service/io/latencyFigures.ts'
import type { LoopReport } from '../../service/io/runLoops.ts'
import type { LinkReport } from '../../service/io/testLink.ts'
import type { OutputProof } from '../../service/io/testOutputs.ts'
import { explainFault, explainIo } from '../sentences.ts'

/** What `stationmaster io test --json` prints; part of its interface. */
export interface IoReport {
  readonly plc: { readonly target: string; readonly isSimulated: boolean } & Health
  readonly registers: readonly (RegisterRow & { readonly manual: string })[]
  readonly registersFault: Fault | null
  /** Empty in the server role, where the PLC moves its own outputs. */
  readonly outputs: readonly OutputProof[]
  readonly loops: LoopReport
  /** null: nobody is there to pull a real cable. */
  readonly link: LinkReport | null
}

/** Everything that has not passed: problem, cause and next action. Empty when all has. */
export function ioTroubles({ registersFault, outputs, loops, link }: IoReport): readonly string[] {
  const failedLoop = loops.loops.find((loop) => loop.fault)?.fault
  return [
    ...(registersFault ? [explainFault(registersFault)] : []),
    ...outputs.filter((proof) => !proof.passed).map(({ output, receipt }) => `${output}: ${receipt.fault ? explainFault(receipt.fault) : `its read-back ${receipt.readBack}`}`),
    ...(loops.trouble ? [failedLoop ? explainFault(failedLoop) : explainIo(`loopTrouble.${loops.trouble}`)] : []),
    ...(link?.trouble ? [link.fault ? explainFault(link.fault) : explainIo(`linkTrouble.${link.trouble}`)] : []),
  ]
}

export function ioReportLines({ plc, registers, outputs, loops, link }: IoReport): readonly string[] {
  return [
    `${plc.target}: ${plc.status}, ${plc.detail}`,
    '',
    ...registers.map(({ manual, address, name, value }) => `  ${manual.padStart(6)}  ${String(address).padStart(5)}  ${name.padEnd(20)} ${value === null ? '–' : `${value} (0x${value.toString(16).padStart(4, '0')})`}`),
    '',
    ...outputs.map(outputLine),
    ...loopLines(loops),
    ...(link ? [`${mark(link.trouble === null)} link pulled: noticed after ${ms(link.noticedMs)}, back after ${ms(link.backMs)}, reject ${link.outputsOff ? 'off' : 'not known to be off'}`] : []),
  ]
}

const loopNames: Readonly<Record<LoopReport['kind'], string>> = { handshake: 'handshakes', triggerToPulse: 'loops from trigger to pulse', pulse: 'pulses' }

function loopLines({ kind, wanted, done, latencyMs, timingErrorMs, allowedMs, trouble }: LoopReport): readonly string[] {
  const figures = latencyMs ? `: p50 ${ms(latencyMs.p50)}, p99 ${ms(latencyMs.p99)}, max ${ms(latencyMs.max)}${allowedMs === null ? '' : ` of ${ms(allowedMs)}`}` : ''
  return [
    `${mark(trouble === null)} ${done} of ${wanted} ${loopNames[kind]}${figures}`,
    ...(kind === 'handshake' ? [] : [`   worst start or width: off by ${ms(timingErrorMs)}`]),
    ...(latencyMs ? histogramLines(latencyMs) : []),
  ]
}

const widestBar = 40

function histogramLines({ histogram: { fromMs, binMs, counts } }: LatencyFigures): readonly string[] {
  const tallest = Math.max(...counts)
  return counts.flatMap((count, bin) => (count > 0 ? [`   ${(fromMs + bin * binMs).toFixed(2).padStart(8)} ms ${'█'.repeat(Math.ceil((count / tallest) * widestBar))} ${count}`] : []))
}

const outputLine = ({ output, receipt: { coil, askedMs, onMs, offMs, readBack }, passed }: OutputProof): string =>
  `${mark(passed)} ${output.padEnd(7)} coil ${coil}: on after ${ms(onMs === null ? null : onMs - askedMs)}, for ${ms(onMs === null || offMs === null ? null : offMs - onMs)}, read-back ${readBack}`

const mark = (passed: boolean): string => (passed ? 'ok' : '!!')
const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)} ms`)
