import type { WordOrder } from './lineSignals.ts'

/** An unsigned 32-bit number of two registers, as they lie one behind the other. */
export const joinWords = ([first = 0, second = 0]: readonly number[], order: WordOrder): number =>
  order === 'highFirst' ? first * 0x1_0000 + second : second * 0x1_0000 + first
