import type { Fault } from '../../domain/fault.ts'
import type { BeltFacts } from '../../domain/lineSettings.ts'
import type { LineInput, TrackedPart } from '../../domain/lineSignals.ts'
import { outputNames, type OutputName } from '../../domain/recipe.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineWiring } from '../../ports/plc.ts'
import { barcodeScanner } from './barcodeScanner.ts'
import { beltEncoder } from './beltEncoder.ts'
import type { ScanListener, ScanWiring } from './inputScan.ts'
import { lineInputs, type WiredInput } from './lineInputs.ts'
import { lineOrders, type LineOrders } from './lineOrders.ts'
import type { PulseLane } from './pulseLane.ts'
import { rejectConfirmation } from './rejectConfirmation.ts'

export interface WiredCoil {
  readonly coil: number
  /** A key below `io.registers.` in the translations. */
  readonly name: OutputName | 'alive'
}

export interface WiredLineParts {
  readonly pulses: PulseLane
  readonly clock: ClockPort
  trigger(part: Omit<TrackedPart, 'triggerNumber'>): void
  tellInput(input: LineInput): void
  /** `fault()` may have changed. */
  onFault(): void
}

/** What one wiring makes of coils and inputs, from one `open` to the next. */
export interface WiredLine extends ScanListener {
  readonly coils: readonly WiredCoil[]
  readonly inputs: readonly WiredInput[]
  readonly encoder: ScanWiring['encoder']
  readonly aliveCoil: number | undefined
  readonly belt: BeltFacts | undefined
  readonly orders: LineOrders
  /** The link is up: what the inputs were before is no edge. */
  beginScan(): ScanWiring
  /** What is wired beside the link does not work. */
  fault(): Fault | null
  close(): void
}

export function wiredLine(wiring: LineWiring, { pulses, clock, trigger, tellInput, onFault }: WiredLineParts): WiredLine {
  const { outputs, line: settings } = wiring
  const { encoder: counter, confirmWithinMs, inputs: eyes, aliveCoil } = settings ?? {}
  const encoder = counter && beltEncoder()
  const confirmation = confirmWithinMs !== undefined && eyes?.rejectConfirmed !== undefined ? rejectConfirmation(confirmWithinMs, clock) : undefined
  const scanner = settings?.partIds.kind === 'barcode' ? barcodeScanner(settings.partIds, clock, onFault) : undefined
  const driven = outputNames.flatMap((name) => (outputs[name] ? [{ coil: outputs[name].coil, name }] : []))

  const newInputs = (): readonly WiredInput[] =>
    lineInputs(settings, {
      triggered: ({ edgeMs }) => { trigger({ partId: scanner?.take(edgeMs) ?? null, edgeMs, encoderCount: encoder?.countAt(edgeMs) ?? null, isChallenge: false }) },
      rejectSeen: (edge) => { if (confirmation?.sawReject(edge) === false) tellInput({ kind: 'unexpectedRemoval', atMs: edge.edgeMs }) },
      exitSeen: (edge) => { confirmation?.sawExit(edge) },
    })
  let inputs = newInputs()

  return {
    coils: aliveCoil === undefined ? driven : [...driven, { coil: aliveCoil, name: 'alive' }],
    get inputs() { return inputs },
    encoder: counter,
    aliveCoil,
    belt: settings?.belt,
    orders: lineOrders(wiring, pulses, encoder, confirmation, clock),
    beginScan() {
      inputs = newInputs()
      return { inputs: inputs.map((input) => input.address), encoder: counter }
    },
    fault: () => scanner?.fault() ?? null,
    close: () => scanner?.close(),
    onInput(address, isOn, atMs) { for (const input of inputs) if (input.address === address) input.look(isOn, atMs) },
    onCount: (count, atMs) => encoder?.look(count, atMs),
  }
}
