import type { ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { simulatedPlc, type SimulatedPlcPort } from '../../src-main/adapters/plc/simulatedPlc.ts'
import { endProcess, joinSerialPorts } from '../support/plcBench.ts'
import { someLine } from '../support/someLine.ts'

const directory = mkdtempSync(join(tmpdir(), 'stationmaster-barcode-'))
const near = join(directory, 'near')
const far = join(directory, 'far')
let wire: ChildProcess
let plc: SimulatedPlcPort
let names: (string | null)[]

beforeEach(async () => {
  wire = await joinSerialPorts(near, far)
  plc = simulatedPlc(systemClock())
  names = []
  plc.onInput((input) => { if (input.kind === 'triggered') names.push(input.part.partId) })
  await plc.open({ outputs: { reject: { coil: 3, delayMs: 0, pulseMs: 20 } }, line: someLine({ partIds: { kind: 'barcode', path: near, baud: 9_600, prefix: 'ID', suffix: '\\r\\n' } }) })
  await healthBecomes('ok')
})
afterEach(async () => {
  await plc.close()
  await endProcess(wire)
})

async function healthBecomes(status: string): Promise<void> {
  const untilMs = performance.now() + 3_000
  while (plc.health().status !== status && performance.now() < untilMs) await wait(5)
  expect(plc.health().status).toBe(status)
}

async function scan(text: string): Promise<void> {
  await writeFile(far, text)
  await wait(100)
}

/** Waits until the trigger was heard. */
async function trigger(): Promise<void> {
  const heard = names.length
  plc.setValue('discreteInput', 0, 1)
  while (names.length === heard) await wait(2)
  plc.setValue('discreteInput', 0, 0)
  await wait(50)
}

it('names each part by the last code before its trigger, and none by an old one', async () => {
  await scan('IDold\r\nID4711\r\nnoise\r\n')
  await trigger()
  await trigger()
  await scan('ID47')
  await scan('12\r\n')
  await trigger()
  expect(names).toEqual(['4711', null, '4712'])
})

it('says when the scanner is gone, goes on without it, and reads it again when it is back', async () => {
  await endProcess(wire)
  await healthBecomes('failure')
  expect(plc.health().detail).toContain(`the barcode scanner on ${near} cannot be read`)
  await trigger()
  wire = await joinSerialPorts(near, far)
  await healthBecomes('ok')
  await scan('IDback\r\n')
  await trigger()
  expect(names).toEqual([null, 'back'])
})
