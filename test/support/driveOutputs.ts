/**
 * A main process reduced to its output lane, to be killed, stopped and held up: `driveOutputs.ts TARGET` switches coil 3 on for a
 * minute, then says what became of that pulse and of one more. SIGUSR2 holds its loop up for 2 s.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { openLanePlc } from './plcBench.ts'
import { outputOrder } from './outputOrder.ts'

const plc = openLanePlc(process.argv[2]!)
const say = (line: string): void => { process.stdout.write(`${line}\n`) }
plc.onHealth((health) => { say(`health ${health.status} ${health.detail}`) })
plc.onCoil((coil, isOn) => { say(`coil ${coil} ${isOn ? 'on' : 'off'}`) })
await plc.open({ outputs: { reject: { coil: 3, delayMs: 0, pulseMs: 60_000 } } })
process.on('SIGUSR2', () => {
  const untilMs = performance.now() + 2_000
  while (performance.now() < untilMs);
})
const { fault, onMs, offMs } = await plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 60_000 }))
say(`pulse ${fault?.code} ${onMs !== null && offMs !== null}`)
while (plc.health().status !== 'ok') await wait(5)
const next = await plc.drive(outputOrder('reject', { coil: 3, delayMs: 10, pulseMs: 20 }))
say(`next ${next.fault?.code ?? 'given'}`)
await plc.close()
