import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { modbusTcpPlc } from '../../src-main/adapters/plc/modbusTcpPlc.ts'
import { simulatedPlc } from '../../src-main/adapters/plc/simulatedPlc.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { startPymodbus, type CoilWrite } from './pymodbusServer.ts'

export type PlcTrouble = 'silent' | 'refuses' | 'stuckOutput' | 'lyingReadBack' | 'slow'

/** One PLC twin with its other end in the test's hands. */
export interface PlcBench {
  readonly plc: PlcPort
  /** As the other end saw them. */
  writes(): readonly CoilWrite[]
  coil(coil: number): Promise<boolean>
  misbehave(...troubles: readonly PlcTrouble[]): Promise<void>
  cutLink(): Promise<void>
  /** The link is back; the device has this coil on by then. */
  restoreLink(coilOn: number): Promise<void>
  close(): Promise<void>
}

const clock = systemClock()

export async function modbusBench(): Promise<PlcBench> {
  let server = await startPymodbus()
  const { port } = server
  const plc = modbusTcpPlc({ kind: 'modbusTcp', host: '127.0.0.1', port, unit: 1 }, clock)
  return {
    plc,
    writes: () => server.writes,
    coil: (coil) => server.coil(coil),
    misbehave: (...troubles) => server.misbehave(...troubles),
    cutLink: () => server.kill(),
    async restoreLink(coilOn) {
      server = await startPymodbus(port)
      await server.setCoil(coilOn, true)
    },
    async close() {
      await plc.close()
      await server.kill()
    },
  }
}

export async function simulatedBench(): Promise<PlcBench> {
  const plc = simulatedPlc(clock)
  const writes: CoilWrite[] = []
  plc.onWrite((coil, isOn) => { writes.push({ coil, isOn, atMs: clock.monotonicMs() }) })
  const troubles = ['silent', 'refuses', 'stuckOutput', 'lyingReadBack', 'slow'] as const
  return {
    plc,
    writes: () => writes,
    coil: async (coil) => plc.isOn(coil),
    misbehave: async (...wanted) => { for (const trouble of troubles) plc.setFault(trouble, wanted.includes(trouble)) },
    cutLink: async () => { plc.setFault('unplugged', true) },
    restoreLink: async () => { plc.setFault('unplugged', false) },
    close: () => plc.close(),
  }
}
