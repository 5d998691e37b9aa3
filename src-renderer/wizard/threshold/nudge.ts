import type { ScoreRange } from './scoreRange.ts'

const stepsAcross = 400

/** One step of a key or button: a four-hundredth of the scale, and never to nought, which would fail everything. */
export function nudgeOf(value: number, steps: number, { low, high }: ScoreRange): number {
  const step = (high - low) / stepsAcross
  return Math.max(step, value + steps * step)
}
