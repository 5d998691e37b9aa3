/** An outputs process around a simulated PLC whose other end answers to the test: raw messages beside the lane's own. */
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { serveOutputs } from '../../src-main/adapters/plc/serveOutputs.ts'
import { simulatedPlc, simulatedPlcFaults, type SimulatedPlcFault } from '../../src-main/adapters/plc/simulatedPlc.ts'

const clock = systemClock()
const plc = simulatedPlc(clock)
plc.onWrite((coil, isOn) => { process.send?.({ bench: 'write', coil, isOn, atMs: clock.monotonicMs() }) })
process.on('message', (message) => {
  const { misbehave, coil } = message as { misbehave?: readonly SimulatedPlcFault[]; coil?: number }
  if (misbehave) for (const fault of simulatedPlcFaults) plc.setFault(fault, misbehave.includes(fault))
  if (misbehave || coil !== undefined) process.send?.({ bench: 'answer', isOn: plc.isOn(coil ?? 0) })
})
serveOutputs(plc, clock)
