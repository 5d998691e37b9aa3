import { InvalidArgumentError } from 'commander'
import type { Rectangle } from '../../domain/geometry.ts'

/** The model sees about size × size pixels; the seed chooses the patches that are learnt from. */
export const enrolDefaults = { size: 256, seed: 1 }

/** `x,y,w,h` in pixels of the image. */
export function parseRegion(text: string): Rectangle {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const [x, y, width, height] = numbers as [number, number, number, number]
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || width <= 0 || height <= 0)
    throw new InvalidArgumentError('A region is x,y,w,h in pixels, with a width and a height over 0.')
  return { kind: 'rectangle', x, y, width, height }
}

export const wholeNumber = (least: number, most: number) => (text: string): number => {
  const number = Number(text)
  if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  return number
}
