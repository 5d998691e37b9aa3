import { isBusy, isPlcFresh, isReady, isStationFresh, shownPart, type Handshake } from './handshakeState.ts'
import { faultNumbers } from './faultNumbers.ts'
import { diagnosticRegisterCount, diagnosticRegisters, firstDiagnosticRegister, firstResultRegister, imageCrc, protocolVersion, resultCodes, resultRegisterCount, resultRegisters, stateNumbers, statusBits, type DiagnosticRegister, type ResultRegister, type StatusBit } from './registerMap.ts'

/** Registers 100–119 as they are at `state.nowMs`, CRC included: [20] words. */
export function registerImage(state: Handshake): Uint16Array {
  const image = new Uint16Array(resultRegisterCount)
  const set = (register: ResultRegister, value: number): void => { image[resultRegisters[register] - firstResultRegister] = value }
  const { status } = state
  const shown = shownPart(state)
  set('status', statusWord(state))
  set('heartbeat', state.heartbeat)
  // Without a result of its own a part reads as a reject, whoever looks too early.
  set('partIdEcho', shown?.wireId ?? state.lastWireId ?? 0)
  set('result', resultCodes[shown?.result ?? 'reject'])
  set('defectClass', shown?.order?.defectClass ?? 0)
  set('processMs', Math.min(0xffff, Math.round(shown?.order?.processMs ?? 0)))
  set('resultsBuffered', state.queue.length)
  set('protocolVersion', protocolVersion)
  if (status) {
    set('activeRecipe', status.recipeNumber)
    set('settingsFingerprint', status.settingsFingerprint)
    set('state', stateNumbers[status.state])
    set('faultCode', status.fault === null ? 0 : faultNumbers[status.fault])
    for (const count of ['triggers', 'passes', 'rejects', 'noDecisions'] as const) set(count, status.counters[count])
    set('bootId', status.bootId)
    set('ledgerRootHigh', status.ledgerRoot >>> 16)
    set('ledgerRootLow', status.ledgerRoot & 0xffff)
  }
  set('crc', imageCrc(image))
  return image
}

/** Input registers 200–208 as words; the server adds what it has counted itself. */
export function diagnosticImage({ counts }: Handshake, server: Readonly<Record<Exclude<DiagnosticRegister, keyof Handshake['counts']>, number>>): Uint16Array {
  const image = new Uint16Array(diagnosticRegisterCount)
  for (const [name, value] of Object.entries({ ...counts, ...server })) image[diagnosticRegisters[name as DiagnosticRegister] - firstDiagnosticRegister] = value
  return image
}

function statusWord(state: Handshake): number {
  const { status } = state
  const shown = shownPart(state)
  const set: Readonly<Record<StatusBit, boolean>> = {
    online: status !== null && isStationFresh(state) && status.state !== 'offline',
    ready: isReady(state),
    triggerAck: state.isTriggerAcked,
    busy: isBusy(state),
    exposureDone: state.isExposureDone,
    resultValid: shown !== undefined,
    fault: status?.state === 'fault',
    missed: state.isMissedLatched,
    late: shown?.isLate === true,
    overrun: state.isOverrunLatched,
    evidenceDegraded: status?.evidenceDegraded === true,
    recipeOk: status?.isRecipeOk === true,
    simulated: status?.isSimulated === true,
    stopRequested: status?.stopRequested === true,
    plcStale: !isPlcFresh(state),
  }
  return Object.entries(set).reduce((word, [bit, isOn]) => (isOn ? word | (1 << statusBits[bit as StatusBit]) : word), 0)
}
