import { expect, test } from 'vitest'
import { bandOf } from '../../src-renderer/console/bandOf.ts'
import { scenes } from './harness/scenes.ts'

const station = scenes.running().station
const trouble = { code: 'plc/unreachable', detail: '' } as const
const worse = { code: 'evidence/diskFull', detail: '' } as const

test('the last part speaks while all is well', () => {
  expect(bandOf(station, null)).toMatchObject({ about: 'part', kind: 'fail', part: { sequence: 12_418 } })
})
test('a verdict is not shown while the station cannot judge: it would look like the next part’s', () => {
  expect(bandOf({ ...station, notReady: [trouble] }, null)).toMatchObject({ about: 'station', kind: 'hold', fault: trouble })
  expect(bandOf({ ...station, state: 'holding' }, null)).toMatchObject({ kind: 'hold', fault: null })
})
test('a latched fault comes before everything else and can be cleared', () => {
  expect(bandOf({ ...station, latchedFault: worse, notReady: [trouble], mode: 'stopped' }, null)).toMatchObject({ kind: 'fault', fault: worse, canClear: true })
})
test('a stopped station says so', () => {
  expect(bandOf({ ...station, mode: 'stopped', notReady: [trouble] }, null)).toMatchObject({ kind: 'stopped' })
})
test('a part chosen by hand is shown whatever the station does', () => {
  expect(bandOf({ ...station, latchedFault: worse }, station.recent[1]!)).toMatchObject({ kind: 'pass', part: { sequence: 12_417 } })
})
test('a frame with a fault is never a pass, whatever its record says of the outcome', () => {
  expect(bandOf(station, { ...station.recent[1]!, fault: { code: 'frame/dark', detail: '' } })).toMatchObject({ kind: 'fault' })
})
