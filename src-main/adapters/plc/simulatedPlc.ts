import { fault, type Fault } from '../../domain/fault.ts'
import type { RegisterSpace } from '../../domain/lineSignals.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { coilPlc } from './coilPlc.ts'
import { requestTimeoutMs, type CoilLink, type CoilReply, type CoilRequest } from './coilLink.ts'

/**
 * What the simulated PLC can be told to get wrong: never answer (yet do as told), say no, leave the outputs as they are, read
 * back the opposite, answer late, be unplugged.
 */
export const simulatedPlcFaults = ['silent', 'refuses', 'stuckOutput', 'lyingReadBack', 'slow', 'unplugged'] as const
export type SimulatedPlcFault = (typeof simulatedPlcFaults)[number]

const slowReplyMs = 40

const scanMs = 5

export interface SimulatedPlcPort extends PlcPort {
  setFault(name: SimulatedPlcFault, isOn: boolean): void
  /** What the line's sensors and counters say: an input 0 or 1, a register 0–65,535. All are 0 at first. */
  setValue(space: Exclude<RegisterSpace, 'coil'>, address: number, value: number): void
  /** What the output really does, whatever read-back says. */
  isOn(coil: number): boolean
  /** Every write that arrived, also one that is then ignored. */
  onWrite(listener: (coil: number, isOn: boolean) => void): () => void
}

/** Coils and inputs in this process, with the pulses, read-back, scanning and reconnecting of a real PLC. Coils are off at first and keep their state when unplugged. */
export function simulatedPlc(clock: ClockPort, pulseClock = clock): SimulatedPlcPort {
  const outputs = new Map<number, boolean>()
  const values = new Map<string, number>()
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

  function act(request: CoilRequest): readonly number[] {
    if (request.kind === 'write') {
      if (!faults.has('stuckOutput')) outputs.set(request.coil, request.isOn)
      for (const listener of writeListeners) listener(request.coil, request.isOn)
      return []
    }
    const { space, first, count } = request
    const addresses = Array.from({ length: count }, (_, i) => first + i)
    if (space === 'coil') return addresses.map((coil) => Number(isOn(coil) !== faults.has('lyingReadBack')))
    return addresses.map((address) => values.get(`${space} ${address}`) ?? 0)
  }

  async function ask(request: CoilRequest): Promise<CoilReply> {
    if (!isConnected) return { result: fail(unplugged) }
    if (faults.has('refuses')) return { result: fail(fault('plc/refused', 'Modbus exception 2: the simulated PLC has no such coil')) }
    const read = act(request)
    if (faults.has('silent')) {
      await clock.sleep(requestTimeoutMs)
      return { result: fail(fault('plc/timeout', `no reply within ${requestTimeoutMs} ms`, { limit: requestTimeoutMs })) }
    }
    if (faults.has('slow')) await clock.sleep(slowReplyMs)
    return { result: isConnected ? succeed(read) : fail(unplugged) }
  }

  const link: CoilLink = {
    name: 'simulated',
    isSimulated: true,
    scanMs,
    inputSpan: 16,
    get isConnected() { return isConnected },
    async connect() {
      isConnected = !faults.has('unplugged')
      return isConnected ? succeed(undefined) : fail(unplugged)
    },
    ask,
    drop,
    onLost: (listener) => { lostListeners.add(listener) },
  }

  function setFault(name: SimulatedPlcFault, isOn: boolean): void {
    if (isOn) faults.add(name)
    else faults.delete(name)
    if (name === 'unplugged' && isOn) drop(unplugged)
  }

  return {
    ...coilPlc(link, clock, { pulseClock }),
    simulation: {
      faults: simulatedPlcFaults,
      async setFault(name, isOn) {
        const known = simulatedPlcFaults.find((one) => one === name)
        if (known) setFault(known, isOn)
      },
    },
    setFault,
    setValue: (space, address, value) => { values.set(`${space} ${address}`, value) },
    isOn,
    onWrite(listener) {
      writeListeners.add(listener)
      return () => writeListeners.delete(listener)
    },
  }
}
