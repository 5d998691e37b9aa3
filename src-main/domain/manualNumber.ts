import type { RegisterSpace } from './lineSignals.ts'

const digits: Readonly<Record<RegisterSpace, string>> = { coil: '0', discreteInput: '1', inputRegister: '3', holdingRegister: '4' }

/**
 * An address as PLC manuals count: from 1, with the digit of its range before it (Modbus data model: 0xxxx, 1xxxx, 3xxxx, 4xxxx); six
 * digits from the ten thousandth on. `address` is 0-based, as Modbus sends it.
 */
export const manualNumber = (space: RegisterSpace, address: number): string => `${digits[space]}${String(address + 1).padStart(address >= 9_999 ? 5 : 4, '0')}`
