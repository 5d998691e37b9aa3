import type { EventEmitter } from 'node:events'
import ModbusRTU from 'modbus-serial'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { coilPlc } from './coilPlc.ts'
import { modbusLink, type ModbusTransport } from './modbusLink.ts'
import type { ModbusRtuTarget } from './plcTarget.ts'

/** One request at 19,200 baud takes as long: half of the line is left for the outputs. */
const scanMs = 20

/** A PLC or remote I/O module on a serial line (Modbus over Serial Line 1.02, RTU). At 19,200 baud a write or a read takes about 10 ms. */
export const modbusRtuPlc = (target: ModbusRtuTarget, clock: ClockPort, pulseClock = clock): PlcPort =>
  coilPlc(modbusLink(`rtu://${target.path}?unit=${target.unit}`, scanMs, () => openSerialLine(target)), clock, { pulseClock })

async function openSerialLine({ path, baud, parity, stopBits, unit }: ModbusRtuTarget): Promise<Result<ModbusTransport>> {
  const modbus = new ModbusRTU()
  modbus.setID(unit)
  try {
    await modbus.connectRTUBuffered(path, { baudRate: baud, parity, dataBits: 8, stopBits })
  } catch (error) {
    return fail(fault('plc/unreachable', `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`))
  }
  // Closing takes modbus-serial's own listener away while a write may still be in flight, and an error that nobody hears ends the process.
  ;(modbus as unknown as { readonly _port: EventEmitter })._port.on('error', () => undefined)
  return succeed({
    modbus,
    onEnded(listener) {
      modbus.on('close', () => { listener('is gone') })
      modbus.on('error', (error: unknown) => { listener(String(error)) })
    },
    destroy: () => { modbus.close(() => undefined) },
  })
}
