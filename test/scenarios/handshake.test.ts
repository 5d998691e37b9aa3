import { loadavg } from 'node:os'
import { expect, it } from 'vitest'
import { freePort, speakForStation } from '../support/handshakeStation.ts'
import { openLanePlc } from '../support/plcBench.ts'
import { startPymodbusClient } from '../support/pymodbusClient.ts'

const count = 200
const thinkMs = 20

it('takes 200 parts through the handshake with pymodbus, and says how much time it added', async () => {
  const port = await freePort()
  const plc = openLanePlc(`listen://127.0.0.1:${port}?allow=127.0.0.1`)
  const peer = startPymodbusClient()
  await plc.open({ outputs: { reject: { coil: 0, delayMs: 0, pulseMs: 50 } }, line: { trigger: { kind: 'plc' }, partIds: { kind: 'plc' }, deadlineMs: 10_000, stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 } } })
  const station = speakForStation(plc, thinkMs, ({ triggerNumber }) => (triggerNumber % 4 === 0 ? 'reject' : 'pass'))
  await peer.connect(port)
  const { handshakes, trouble } = await peer.handshakes(count, 0)
  station.stop()
  await plc.close()
  await peer.kill()

  expect(trouble).toEqual([])
  expect(handshakes.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  // A busy computer that holds one side up for half a second costs a part, and the receipt says so.
  const resultOf = (i: number): string => (station.receipts[i]!.fault ? 'noDecision' : (i + 1) % 4 === 0 ? 'reject' : 'pass')
  expect(handshakes.map(({ result }) => result)).toEqual(handshakes.map((_, i) => resultOf(i)))
  const taken = station.receipts.filter(({ fault }) => fault === null)
  expect(taken.length).toBeGreaterThan(count / 2)
  const added = handshakes.map(({ ms }, i) => ms - station.workMs[i]!).sort((a, b) => a - b)
  const acks = taken.map(({ onMs, acknowledgedMs }) => acknowledgedMs! - onMs!).sort((a, b) => a - b)
  const figures = (sorted: readonly number[]): string => [0.5, 0.99, 1].map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(2)).join(' / ')
  console.log(`${count} handshakes, ${count - taken.length} interrupted, load ${loadavg()[0]!.toFixed(1)}: trigger to resultValid as pymodbus read it, less the station's time: p50 / p99 / max ${figures(added)} ms; from resultValid to its ack ${figures(acks)} ms`)
}, 120_000)
