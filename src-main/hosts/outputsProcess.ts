/** The outputs process: one PLC link and the timing of its pulses, away from the main loop and from inference. Forked by `lanePlc`, which names the target. */
import { systemClock } from '../adapters/clock/systemClock.ts'
import { exactClock } from '../adapters/plc/exactClock.ts'
import { gpioPlc } from '../adapters/plc/gpioPlc.ts'
import { modbusServerPlc } from '../adapters/plc/handshake/modbusServerPlc.ts'
import { modbusRtuPlc } from '../adapters/plc/modbusRtuPlc.ts'
import { modbusTcpPlc } from '../adapters/plc/modbusTcpPlc.ts'
import { parsePlcTarget, type PlcTarget } from '../adapters/plc/plcTarget.ts'
import { serveOutputs } from '../adapters/plc/serveOutputs.ts'
import { simulatedPlc } from '../adapters/plc/simulatedPlc.ts'
import type { PlcPort } from '../ports/plc.ts'

const clock = systemClock()
const pulseClock = exactClock(clock)

function openTarget(target: PlcTarget): PlcPort {
  switch (target.kind) {
    case 'simulated': return simulatedPlc(clock, pulseClock)
    case 'modbusTcp': return modbusTcpPlc(target, clock, pulseClock)
    case 'modbusRtu': return modbusRtuPlc(target, clock, pulseClock)
    case 'gpio': return gpioPlc(target, clock, pulseClock)
    case 'modbusServer': return modbusServerPlc(target, clock)
  }
}

const target = parsePlcTarget(process.argv[2] ?? '')
if (!target.ok) throw new Error(target.fault.detail)
serveOutputs(openTarget(target.value), clock)
