import { expect, it } from 'vitest'
import { joinWords } from '../../../src-main/domain/joinWords.ts'

it('joins two registers in either order, without a sign', () => {
  expect(joinWords([0x1234, 0xabcd], 'highFirst')).toBe(0x1234abcd)
  expect(joinWords([0xabcd, 0xf234], 'lowFirst')).toBe(0xf234abcd)
})
