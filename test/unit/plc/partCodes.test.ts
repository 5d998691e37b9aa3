import { expect, it } from 'vitest'
import { partCodes, unescapeControl } from '../../../src-main/adapters/plc/partCodes.ts'

it('names a part by the last code before its trigger, whole or in pieces', () => {
  const codes = partCodes('', '\r\n')
  codes.read('A-1\r', 10)
  codes.read('\nA-2\r\nA', 20)
  codes.read('-3\r\n', 30)
  expect(codes.take(25)).toBe('A-2')
  expect(codes.take(40)).toBe('A-3')
})

it('gives no code twice, and none that is older than the trigger before', () => {
  const codes = partCodes('', '\n')
  codes.read('A\nB\n', 10)
  expect(codes.take(20)).toBe('B')
  expect(codes.take(30)).toBeNull()
})

it('keeps a code for the next part that arrived after the edge and before anybody looked', () => {
  const codes = partCodes('', '\n')
  codes.read('A\n', 10)
  codes.read('B\n', 21)
  expect(codes.take(20)).toBe('A')
  expect(codes.take(30)).toBe('B')
})

it('takes only what begins with the prefix, and leaves it off', () => {
  const codes = partCodes('\x02', '\x03')
  codes.read('\x02 lot 7 \x03NR\x03\x02\x03', 10)
  expect(codes.take(20)).toBe('lot 7')
})

it('does not grow when the suffix never comes', () => {
  const codes = partCodes('', '\n')
  for (let i = 0; i < 100; i++) codes.read('x'.repeat(1_000), i)
  codes.read('\n', 100)
  expect(codes.take(200)).toHaveLength(1_000)
})

it.each([['\\r\\n', '\r\n'], ['\\x02', '\x02'], ['\\X1D', '\x1d'], ['\\\\r', '\\r'], ['ab', 'ab'], ['\\q', '\\q']])('%s as typed is %j', (typed, meant) => {
  expect(unescapeControl(typed)).toBe(meant)
})
