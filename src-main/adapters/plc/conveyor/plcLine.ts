import type { ClockPort } from '../../../ports/clock.ts'
import { controlRegisters, firstResultRegister, resultRegisterCount } from '../handshake/registerMap.ts'
import type { BeltPlan } from './beltPlan.ts'
import { openFaultProxy } from './faultProxy.ts'
import { somewhereHere, type Endpoint } from './listening.ts'
import { modbusRequests } from './modbusRequests.ts'
import { plcIdFaults, plcProgram, readCounts, type PlcIdFault, type PlcProgram } from './plcProgram.ts'
import { runBelt, setSharedFault, type SimulatedLine } from './simulatedLine.ts'

export interface PlcLineOptions {
  readonly plan: BeltPlan
  /** Of the station in the server role. */
  readonly station: Endpoint
  readonly deadlineMs: number
  readonly clock: ClockPort
}

/** Between two exchanges while nothing is asked; during a handshake the next follows at once. */
const restingPollMs = 10
const restartMs = 400
/** Of its own way, the ejector needs this much before a part arrives. */
const leadMs = 4

/** The conveyor with a PLC of its own: a Modbus TCP client that drives the handshake of a station in the server role. */
export async function openPlcLine({ plan, station, deadlineMs, clock }: PlcLineOptions): Promise<SimulatedLine> {
  let program: PlcProgram | null = null
  const belt = runBelt({ ...plan, outputsHoldMs: null }, clock, () => { if (program) runScan(program, null) })
  const { world } = belt
  const proxy = await openFaultProxy(somewhereHere, station, (count) => { belt.tell({ kind: 'connections', count, monotonicMs: clock.monotonicMs() }) })
  const requests = modbusRequests({ ...somewhereHere, port: proxy.port })
  const stopping = new AbortController()
  let secondClient: AbortController | undefined
  let registers: readonly number[] = []
  let resting = new AbortController()

  function newProgram(): PlcProgram {
    const { speedMmPerS, ejectorReactionMs, cameraToGateMm, partLengthMm, countsPerMm } = plan
    const leadMm = (speedMmPerS * (ejectorReactionMs + leadMs)) / 1_000
    const made = plcProgram({
      deadlineMs, ackWithinMs: 200, giveUpAfterMs: deadlineMs + 500, resetAfterMs: 100,
      gateCounts: { from: (cameraToGateMm - leadMm) * countsPerMm, to: (cameraToGateMm + partLengthMm + leadMm) * countsPerMm },
    })
    made.onAnswer((answer) => { belt.tell({ kind: 'answered', ...answer, monotonicMs: clock.monotonicMs() }) })
    return made
  }

  function runScan(running: PlcProgram, image: readonly number[] | null): void {
    registers = running.scan(clock.monotonicMs(), world.encoderCount, image, world.eyeCounts)
    world.command('accept', running.permits)
  }

  let counted = ''
  function noteCounts(image: readonly number[]): void {
    const counts = readCounts(image)
    if (!counts || counted === (counted = JSON.stringify(counts))) return
    belt.tell({ kind: 'counted', ...counts, monotonicMs: clock.monotonicMs() })
  }

  async function exchange(): Promise<void> {
    while (!stopping.signal.aborted) {
      const running = program
      const isTaken = running !== null && (await requests.writeRegisters(controlRegisters.control, registers))
      const image = isTaken ? await requests.readRegisters(firstResultRegister, resultRegisterCount) : undefined
      belt.catchUp()
      if (image) noteCounts(image)
      if (running && running === program) runScan(running, image ?? null)
      resting = new AbortController()
      if (!running || running.isAtRest) await clock.sleep(restingPollMs, resting.signal)
    }
  }

  /** It forgets every part on the belt, so none of them gets a permit. */
  async function restart(): Promise<void> {
    program = null
    belt.catchUp()
    world.command('accept', false)
    await clock.sleep(restartMs)
    program = newProgram()
  }

  async function askBeside({ signal }: AbortController): Promise<void> {
    const beside = modbusRequests({ ...somewhereHere, port: proxy.port })
    for (; !signal.aborted; await clock.sleep(restingPollMs, signal)) await beside.readRegisters(firstResultRegister, resultRegisterCount)
    beside.close()
  }

  program = newProgram()
  belt.onEvent((event) => {
    if (event.kind !== 'triggered') return
    program?.arrive(event.part, event.encoderCount, event.monotonicMs)
    resting.abort()
  })
  runScan(program, null)
  void exchange()

  return {
    port: station.port, world,
    get isQuiet() { return world.isEmpty && program?.isAtRest === true },
    onEvent: belt.onEvent,
    setFault(name, isOn) {
      belt.tell({ kind: 'fault', name, isOn, monotonicMs: clock.monotonicMs() })
      if (setSharedFault(belt, proxy, name, isOn)) return
      if (plcIdFaults.includes(name as PlcIdFault) && isOn) program?.idFaults.add(name as PlcIdFault)
      if (name === 'restart' && isOn) void restart()
      if (name !== 'twoClients') return
      secondClient?.abort()
      if (isOn) void askBeside((secondClient = new AbortController()))
    },
    async close() {
      stopping.abort()
      resting.abort()
      secondClient?.abort()
      belt.stop()
      requests.close()
      await proxy.close()
    },
  }
}
