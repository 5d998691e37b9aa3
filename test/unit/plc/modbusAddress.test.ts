import fc from 'fast-check'
import { expect, it } from 'vitest'
import { registerSpaces } from '../../../src-main/domain/lineSignals.ts'
import { joinWords, manualAddress, parseManualAddress } from '../../../src-main/domain/modbusAddress.ts'

it.each([
  ['coil', 0, '00001'],
  ['discreteInput', 0, '10001'],
  ['inputRegister', 99, '30100'],
  ['holdingRegister', 9_998, '49999'],
  ['holdingRegister', 9_999, '410000'],
  ['holdingRegister', 65_535, '465536'],
] as const)('%s %i is %s in the manual', (space, address, text) => {
  expect(manualAddress(space, address)).toBe(text)
})

it('reads every address back that it writes', () => {
  fc.assert(fc.property(fc.constantFrom(...registerSpaces), fc.integer({ min: 0, max: 65_535 }), (space, address) => {
    expect(parseManualAddress(manualAddress(space, address))).toEqual({ space, address })
  }))
})

it.each(['', '4', '40000', '20001', '4001', '465537', '4000001', '4x001'])('"%s" is no address', (text) => {
  expect(parseManualAddress(text)).toBeUndefined()
})

it('joins two registers in either order', () => {
  expect(joinWords([0x1234, 0xabcd], 'highFirst')).toBe(0x1234abcd)
  expect(joinWords([0xabcd, 0xf234], 'lowFirst')).toBe(0xf234abcd)
})
