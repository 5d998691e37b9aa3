import type { ClockPort } from '../../../ports/clock.ts'
import type { BeltPlan } from './beltPlan.ts'
import { eyeNames, outputLamps } from './conveyorWorld.ts'
import { openFaultProxy } from './faultProxy.ts'
import { somewhereHere, type Endpoint } from './listening.ts'
import { modbusRequests } from './modbusRequests.ts'
import { openModbusServer, type ModbusServer, type ModbusTables } from './modbusServer.ts'
import { runBelt, setSharedFault, type SimulatedLine } from './simulatedLine.ts'

/** 0-based addresses of the simulated I/O module. */
export const remoteIo = {
  coils: { accept: 0, reject: 1, hold: 2, alive: 3 },
  discreteInputs: { trigger: 0, reject: 1, exit: 2 },
  /** The encoder's 32 bits, upper half first; and edges that each eye has seen, modulo 65,536. */
  inputRegisters: { encoder: 0, triggerCount: 2, rejectCount: 3, exitCount: 4 },
} as const

/** How long a module is gone that loses power. */
const restartMs = 400
const secondClientEveryMs = 5

/**
 * The conveyor behind a remote I/O module: a Modbus TCP server for a station in the client role. Rejects with the system's
 * error when the port is taken.
 */
export async function openRemoteIoLine(plan: BeltPlan, at: Endpoint, clock: ClockPort): Promise<SimulatedLine> {
  const belt = runBelt(plan, clock)
  const { world } = belt
  let isLying = false
  let secondClient: AbortController | undefined

  /** An edge counts as shown to any client that reads it; a second one beside the station only reads coils. */
  let wasOff = false
  function show(isOn: boolean): void {
    if (isOn && wasOff) belt.tell({ kind: 'shown', triggerNumber: world.eyeCounts.trigger, monotonicMs: clock.monotonicMs() })
    wasOff = !isOn
  }

  const tables: ModbusTables = {
    heard() {
      belt.catchUp()
      world.hear()
    },
    coil: (address) => (outputLamps[address] ? world.isOn(outputLamps[address]) !== isLying : undefined),
    discreteInput(address) {
      const eye = eyeNames[address]
      const isOn = eye && world.isCovered(eye)
      if (eye === 'trigger') show(isOn === true)
      return isOn
    },
    inputRegister: (address) => [world.encoderCount >>> 16, world.encoderCount & 0xffff, ...eyeNames.map((eye) => world.eyeCounts[eye] & 0xffff)][address],
    writeCoil(address, isOn) {
      const output = outputLamps[address]
      if (output) world.command(output, isOn)
      return output !== undefined
    },
  }
  let server: ModbusServer | undefined = await openModbusServer(somewhereHere, tables)
  const inside: Endpoint = { ...somewhereHere, port: server.port }
  const proxy = await openFaultProxy(at, inside, (count) => { belt.tell({ kind: 'connections', count, monotonicMs: clock.monotonicMs() }) }).catch(async (error: unknown) => {
    belt.stop()
    await server?.close()
    throw error
  })

  async function restart(): Promise<void> {
    if (!server) return
    const stopped = server
    server = undefined
    await stopped.close()
    belt.catchUp()
    for (const output of outputLamps) world.command(output, false)
    await clock.sleep(restartMs)
    server = await openModbusServer(inside, tables)
  }

  /** Reads along, as a panel or a maintenance laptop does. */
  async function askBeside({ signal }: AbortController): Promise<void> {
    const requests = modbusRequests({ ...at, port: proxy.port })
    for (; !signal.aborted; await clock.sleep(secondClientEveryMs, signal)) await requests.readCoils(0, outputLamps.length)
    requests.close()
  }

  return {
    port: proxy.port, world,
    get isQuiet() { return world.isEmpty && proxy.isIdle && !outputLamps.some((output) => output !== 'alive' && world.isOn(output)) },
    onEvent: belt.onEvent,
    setFault(name, isOn) {
      belt.tell({ kind: 'fault', name, isOn, monotonicMs: clock.monotonicMs() })
      if (setSharedFault(belt, proxy, name, isOn)) return
      if (name === 'lyingReadBack') isLying = isOn
      if (name === 'restart' && isOn) void restart()
      if (name !== 'twoClients') return
      secondClient?.abort()
      if (isOn) void askBeside((secondClient = new AbortController()))
    },
    async close() {
      belt.stop()
      secondClient?.abort()
      await proxy.close()
      await server?.close()
    },
  }
}
