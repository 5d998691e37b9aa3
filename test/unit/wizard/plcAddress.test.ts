import { expect, it } from 'vitest'
import { parsePlcTarget } from '../../../src-main/adapters/plc/plcTarget.ts'
import { isHost, manualNumber, readTarget, writeTarget } from '../../../src-renderer/wizard/outputs/plcAddress.ts'

it.each([
  { host: '192.168.0.10', port: 502, unit: 1 },
  { host: 'plc-3.line', port: 5_020, unit: 17 },
  { host: '[fe80::1]', port: 502, unit: 0 },
])('writes $host as the main process reads it, and reads it back', (address) => {
  expect(isHost(address.host)).toBe(true)
  expect(parsePlcTarget(writeTarget(address))).toMatchObject({ ok: true, value: { port: address.port, unit: address.unit } })
  expect(readTarget(writeTarget(address))).toEqual(address)
})

it.each(['', 'two words', 'tcp://host', 'host/path', '-plc'])('"%s" is no host', (text) => {
  expect(isHost(text)).toBe(false)
})

it.each([[0, '00001'], [16, '00017'], [9_998, '09999'], [9_999, '010000'], [65_535, '065536']])('coil %i is %s in the manual', (coil, number) => {
  expect(manualNumber(coil)).toBe(number)
})
