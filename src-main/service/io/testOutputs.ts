import type { OutputReceipt } from '../../domain/inspection.ts'
import { outputNames, type OutputName, type OutputWiring } from '../../domain/recipe.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'

export interface OutputProof {
  readonly output: OutputName
  readonly receipt: OutputReceipt
  readonly passed: boolean
}

/** Fires every wired output once, by hand, one after the other; it passes when its coil was read back on, and off again. */
export async function testOutputs(plc: PlcPort, wiring: OutputWiring, clock: ClockPort, signal: AbortSignal): Promise<readonly OutputProof[]> {
  const proofs: OutputProof[] = []
  for (const output of outputNames) {
    const line = wiring[output]
    if (!line || signal.aborted) continue
    const receipt = await plc.drive({ output, line, part: null, askedMs: clock.monotonicMs(), outcome: null, defectClass: 0, processMs: 0 })
    proofs.push({ output, receipt, passed: receipt.fault === null && receipt.readBack === 'agrees' })
  }
  return proofs
}
