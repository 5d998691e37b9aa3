import { SerialPort } from 'serialport'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

export interface SerialPortFacts {
  readonly path: string
  readonly manufacturer?: string
}

/** The machine's serial ports, for `doctor`. Where the system cannot be asked (on Linux `udevadm` is missing): plc/unreachable. */
export async function listSerialPorts(): Promise<Result<readonly SerialPortFacts[]>> {
  try {
    // serialport's own types do not arrive: the package that they come from exports none.
    const ports = (await SerialPort.list()) as readonly SerialPortFacts[]
    return succeed(ports.map(({ path, manufacturer }) => ({ path, manufacturer })))
  } catch (error) {
    return fail(fault('plc/unreachable', `the serial ports cannot be listed: ${error instanceof Error ? error.message : String(error)}`))
  }
}
