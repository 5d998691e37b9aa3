import { fault, type Fault, type FaultCode } from '../domain/fault.ts'
import { devices, type Device, type StationHealth } from '../domain/health.ts'

const codeWhenDown: Readonly<Record<Device, FaultCode>> = {
  disk: 'evidence/unavailable',
  plc: 'plc/unreachable',
  model: 'model/unavailable',
  camera: 'camera/unavailable',
}

/** The conditions of READY that do not hold: a device that has failed, or whose function is being checked, judges nothing. */
export const blockersOf = (health: StationHealth): readonly Fault[] =>
  devices
    .filter((device) => health[device].status === 'failure' || health[device].status === 'functionCheck')
    .map((device) => fault(codeWhenDown[device], health[device].detail))
