import { fault, type Fault, type FaultCode } from '../domain/fault.ts'
import { devices, type Device, type Health, type HealthStatus, type StationHealth } from '../domain/health.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ModelPort } from '../ports/model.ts'
import type { OpenedDevices } from './prepareLine.ts'

const codeWhenDown: Readonly<Record<Device, FaultCode>> = {
  disk: 'evidence/unavailable',
  plc: 'plc/unreachable',
  model: 'model/unavailable',
  camera: 'camera/unavailable',
}

const notReady: readonly HealthStatus[] = ['failure', 'functionCheck', 'waiting']

/**
 * The conditions of READY that do not hold: a device that has failed, is being opened again or tested, judges nothing. The PLC's
 * health holds its heartbeat and the read-back of its outputs, the disk's its floor of free space.
 */
export const blockersOf = (health: StationHealth): readonly Fault[] =>
  devices.filter((device) => notReady.includes(health[device].status)).map((device) => fault(codeWhenDown[device], health[device].detail))

/** `opened` and `model` are null while nobody has asked for them. */
export function healthOf(opened: OpenedDevices | null, model: ModelPort | null, evidence: EvidencePort): StationHealth {
  const waiting: Health = { status: 'waiting', detail: 'not opened yet' }
  return { camera: opened?.camera.health() ?? waiting, plc: opened?.plc.health() ?? waiting, model: model?.health() ?? waiting, disk: evidence.health() }
}
