import { fault, type Fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { coilPlc } from './coilPlc.ts'
import { requestTimeoutMs, type CoilLink } from './coilLink.ts'

/**
 * What the simulated PLC can be told to get wrong: never answer (yet do as told), say no, leave the outputs as they are, read
 * back the opposite, answer late, be unplugged.
 */
export const simulatedPlcFaults = ['silent', 'refuses', 'stuckOutput', 'lyingReadBack', 'slow', 'unplugged'] as const
export type SimulatedPlcFault = (typeof simulatedPlcFaults)[number]

const slowReplyMs = 40

export interface SimulatedPlcPort extends PlcPort {
  setFault(name: SimulatedPlcFault, isOn: boolean): void
  /** What the output really does, whatever read-back says. */
  isOn(coil: number): boolean
  /** Every write that arrived, also one that is then ignored. */
  onWrite(listener: (coil: number, isOn: boolean) => void): () => void
}

/** Coils in this process, with the pulses, read-back and reconnecting of a real PLC. Coils are off at first and keep their state when unplugged. */
export function simulatedPlc(clock: ClockPort): SimulatedPlcPort {
  const outputs = new Map<number, boolean>()
  const writeListeners = new Set<(coil: number, isOn: boolean) => void>()
  const faults = new Set<SimulatedPlcFault>()
  const lostListeners = new Set<(reason: Fault) => void>()
  let isConnected = false
  const unplugged = fault('plc/unreachable', 'the simulated PLC is unplugged')

  const isOn = (coil: number): boolean => outputs.get(coil) ?? false

  function drop(reason: Fault): void {
    if (!isConnected) return
    isConnected = false
    for (const listener of lostListeners) listener(reason)
  }

  /** What the device does with a request whose effect is `act`. */
  async function ask<T>(act: () => T): Promise<Result<T>> {
    if (!isConnected) return fail(unplugged)
    if (faults.has('refuses')) return fail(fault('plc/refused', 'Modbus exception 2: the simulated PLC has no such coil'))
    const value = act()
    if (faults.has('silent')) {
      await clock.sleep(requestTimeoutMs)
      return fail(fault('plc/timeout', `no reply within ${requestTimeoutMs} ms`, { limit: requestTimeoutMs }))
    }
    if (faults.has('slow')) await clock.sleep(slowReplyMs)
    return isConnected ? succeed(value) : fail(unplugged)
  }

  const link: CoilLink = {
    name: 'simulated',
    isSimulated: true,
    get isConnected() { return isConnected },
    async connect() {
      isConnected = !faults.has('unplugged')
      return isConnected ? succeed(undefined) : fail(unplugged)
    },
    writeCoil: (coil, isOn) =>
      ask(() => {
        if (!faults.has('stuckOutput')) outputs.set(coil, isOn)
        for (const listener of writeListeners) listener(coil, isOn)
      }),
    readCoil: (coil) => ask(() => isOn(coil) !== faults.has('lyingReadBack')),
    drop,
    onLost: (listener) => { lostListeners.add(listener) },
  }

  function setFault(name: SimulatedPlcFault, isOn: boolean): void {
    if (isOn) faults.add(name)
    else faults.delete(name)
    if (name === 'unplugged' && isOn) drop(unplugged)
  }

  return {
    ...coilPlc(link, clock),
    simulation: {
      faults: simulatedPlcFaults,
      async setFault(name, isOn) {
        const known = simulatedPlcFaults.find((one) => one === name)
        if (known) setFault(known, isOn)
      },
    },
    setFault,
    isOn,
    onWrite(listener) {
      writeListeners.add(listener)
      return () => writeListeners.delete(listener)
    },
  }
}
