import { InvalidArgumentError, Option } from 'commander'
import type { AlignmentLesson } from '../../domain/alignment.ts'
import type { Rectangle } from '../../domain/geometry.ts'
import { anomalyMethods, defaultModelChoice, featureSettingNames } from '../../domain/recipe.ts'

/** The model sees about size × size pixels; the seed chooses the patches that are learnt from. */
export const enrolDefaults = { size: 256, seed: 1 }

export const methodOption = (): Option =>
  new Option('--method <name>', 'padim knows each place of the part, patchcore finds normal patches anywhere').choices(anomalyMethods).default(defaultModelChoice.method)

export const settingOption = (): Option =>
  new Option('--setting <name>', 'how closely the model looks, against the time it takes').choices(featureSettingNames).default(defaultModelChoice.setting)

export const twoStageOption = (): Option =>
  new Option('--two-stage', 'a fast model passes what it finds harmless, and a detailed one decides about the rest').conflicts(['setting'])

/** `x,y,w,h` in pixels of the image. */
export function parseRegion(text: string): Rectangle {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const [x, y, width, height] = numbers as [number, number, number, number]
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || width <= 0 || height <= 0)
    throw new InvalidArgumentError('A region is x,y,w,h in pixels, with a width and a height over 0.')
  return { kind: 'rectangle', x, y, width, height }
}

/** `x,y,w,h` in pixels of the first image; `,px,deg` after it says how far parts may lie from there. */
export function parseAlignment(text: string): AlignmentLesson {
  const parts = text.split(',')
  const rectangle = parseRegion(parts.slice(0, 4).join(','))
  if (parts.length === 4) return { rectangle }
  const [shiftPx, rotationDeg] = parts.slice(4).map(Number) as [number, number]
  if (parts.length !== 6 || !(shiftPx >= 0) || !(rotationDeg >= 0 && rotationDeg <= 45))
    throw new InvalidArgumentError('After the rectangle come the pixels and the degrees, 0 to 45, that parts may be off.')
  return { rectangle, travel: { shiftPx, rotationDeg } }
}

export const wholeNumber = (least: number, most: number) => (text: string): number => {
  const number = Number(text)
  if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  return number
}
