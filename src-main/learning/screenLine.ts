import { clopperPearson } from '../domain/clopperPearson.ts'
import type { Proportion } from '../domain/recipe.ts'

/** One part, scored by the model that would screen and by the one that would decide; a good part's scores are cross-validated. */
export interface ScreenedPart {
  readonly screen: number
  readonly model: number
  readonly isGood: boolean
}

export interface ScreenLine {
  readonly passUpTo: number
  /** Of the good parts, those that the screen alone would pass. */
  readonly spared: Proportion
  /** Of the known-bad parts that the model finds, those that the screen would pass: none, and so many might be; absent where none was shown. */
  readonly lost?: Proportion
  /** Good and known-bad parts over the model's line, all of which the screen hands on. */
  readonly handedOn: number
}

/**
 * The highest line at which a screen passes no part that the model would not: the largest of the screen's scores that lies below the lowest
 * it gave to one of these. Undefined where that spares the model no part.
 */
export function screenLine(parts: readonly ScreenedPart[], unsureAbove: number): ScreenLine | undefined {
  const found = parts.filter(({ model }) => model > unsureAbove)
  const lowest = Math.min(...found.map(({ screen }) => screen))
  const below = parts.filter(({ screen }) => screen < lowest)
  if (below.length === 0) return undefined
  const good = parts.filter(({ isGood }) => isGood)
  const bad = found.filter(({ isGood }) => !isGood)
  return {
    passUpTo: Math.max(...below.map(({ screen }) => screen)),
    spared: clopperPearson(below.filter(({ isGood }) => isGood).length, good.length),
    ...(bad.length > 0 && { lost: clopperPearson(0, bad.length) }),
    handedOn: found.length,
  }
}
