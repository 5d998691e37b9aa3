import type { Fault } from '../domain/fault.ts'
import type { OutputWiring } from '../domain/recipe.ts'
import type { Disposition, GateDecision, Outcome, Reason, Verdict } from '../domain/verdict.ts'
import { faultPolicy } from './faultPolicy.ts'

const dispositionOf: Readonly<Record<Outcome, Disposition>> = { pass: 'accept', fail: 'reject', unsure: 'hold' }

/**
 * What the line is told. Accept takes a pass, no Fault and a ready station; everything else is a reject or a hold, and a hold without
 * a hold line is a reject. `notReady` are the conditions of READY that do not hold, worst first.
 *
 * Reasons it adds: gate/fault {fault}, gate/stationNotReady {fault}, gate/noHoldLine {}; `fault` is a FaultCode.
 */
export function gate(finding: { readonly verdict: Verdict } | { readonly fault: Fault }, wiring: OutputWiring, notReady: readonly Fault[]): GateDecision {
  const wanted = 'fault' in finding ? refuse(finding.fault, 'gate/fault') : allow(finding.verdict, notReady[0])
  if (wanted.disposition !== 'hold' || wiring.hold) return wanted
  return { ...wanted, disposition: 'reject', reasons: [...wanted.reasons, { code: 'gate/noHoldLine', params: {} }] }
}

function allow({ outcome, reasons }: Verdict, blocker: Fault | undefined): GateDecision {
  const disposition = dispositionOf[outcome]
  if (!blocker) return { disposition, reasons }
  const refused = refuse(blocker, 'gate/stationNotReady')
  return { ...refused, disposition: disposition === 'accept' ? refused.disposition : disposition, reasons: [...reasons, ...refused.reasons] }
}

const refuse = (fault: Fault, code: Extract<Reason['code'], `gate/${string}`>): GateDecision => ({
  disposition: faultPolicy(fault.code).disposition,
  reasons: [{ code, params: { fault: fault.code } }],
  fault,
})
