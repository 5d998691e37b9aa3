import { InvalidArgumentError } from 'commander'

/** `r,g,b` */
export function threeNumbers(text: string): readonly number[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) throw new InvalidArgumentError('It is three numbers, r,g,b.')
  return numbers
}
