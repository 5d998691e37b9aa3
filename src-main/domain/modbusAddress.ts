import { registerSpaces, type RegisterSpace, type WordOrder } from './lineSignals.ts'

/** Leading digits of the traditional notation (Modicon PI-MBUS-300, chapter 2): 00001, 10001, 30001 and 40001 are address 0 of their space. */
const leadingDigit: Readonly<Record<RegisterSpace, string>> = { coil: '0', discreteInput: '1', inputRegister: '3', holdingRegister: '4' }

/** As PLC manuals write an address: the space's digit, then the address counted from 1, in four digits or, over 9,998, in six altogether. */
export const manualAddress = (space: RegisterSpace, address: number): string =>
  `${leadingDigit[space]}${String(address + 1).padStart(address >= 9_999 ? 5 : 4, '0')}`

/** The reverse of `manualAddress`; undefined for what is no such number. */
export function parseManualAddress(text: string): { readonly space: RegisterSpace; readonly address: number } | undefined {
  const space = registerSpaces.find((one) => leadingDigit[one] === text[0])
  const address = Number(text.slice(1)) - 1
  return space && /^\d{5,6}$/.test(text) && address >= 0 && address <= 65_535 ? { space, address } : undefined
}

/** An unsigned 32-bit number of two registers, as they lie one behind the other. */
export const joinWords = ([first = 0, second = 0]: readonly number[], order: WordOrder): number =>
  order === 'highFirst' ? first * 0x1_0000 + second : second * 0x1_0000 + first
