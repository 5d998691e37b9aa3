/** An outputs process around a simulated PLC whose other end answers to the test: raw messages beside the lane's own. */
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { serveOutputs } from '../../src-main/adapters/plc/serveOutputs.ts'
import type { RegisterSpace } from '../../src-main/domain/lineSignals.ts'
import { simulatedPlc, simulatedPlcFaults, type SimulatedPlcFault } from '../../src-main/adapters/plc/simulatedPlc.ts'

interface BenchCommand {
  readonly misbehave?: readonly SimulatedPlcFault[]
  readonly coil?: number
  readonly space?: Exclude<RegisterSpace, 'coil'>
  readonly address?: number
  readonly value?: number
}

const clock = systemClock()
const plc = simulatedPlc(clock)
plc.onWrite((coil, isOn) => { process.send?.({ bench: 'write', coil, isOn, atMs: clock.monotonicMs() }) })
process.on('message', (message) => {
  const { misbehave, coil, space, address = 0, value = 0 } = message as BenchCommand
  if (misbehave) for (const fault of simulatedPlcFaults) plc.setFault(fault, misbehave.includes(fault))
  if (space) plc.setValue(space, address, value)
  if (misbehave || space || coil !== undefined) process.send?.({ bench: 'answer', isOn: plc.isOn(coil ?? 0) })
})
serveOutputs(plc, clock)
