import type { BaselineFrame } from './draft.ts'

export const baselineFlags = ['blurred', 'dark', 'bright', 'clipped', 'duplicate'] as const
export type BaselineFlag = (typeof baselineFlags)[number]

/** Shares of the baseline's own median, and absolute limits; what falls outside is set aside, not deleted. */
const limits = { focusShare: 0.5, levelShare: 0.4, clippedFraction: 0.1 }

/** Why a baseline frame should not be learnt from, compared with the rest of the baseline; in the frames' order. */
export function flagBaseline(frames: readonly BaselineFrame[]): readonly (readonly BaselineFlag[])[] {
  const focus = medianOf(frames.map((frame) => frame.quality.focus))
  const level = medianOf(frames.map((frame) => frame.quality.meanLevel))
  const seen = new Set<string>()
  return frames.map(({ quality }) => {
    const flags: BaselineFlag[] = []
    if (quality.focus < limits.focusShare * focus) flags.push('blurred')
    if (quality.meanLevel < (1 - limits.levelShare) * level) flags.push('dark')
    if (quality.meanLevel > (1 + limits.levelShare) * level) flags.push('bright')
    if (quality.clippedFraction > limits.clippedFraction) flags.push('clipped')
    if (seen.has(quality.fingerprint)) flags.push('duplicate')
    seen.add(quality.fingerprint)
    return flags
  })
}

export const usableBaseline = (frames: readonly BaselineFrame[]): readonly BaselineFrame[] => {
  const flags = flagBaseline(frames)
  return frames.filter((_, i) => flags[i]!.length === 0)
}

export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length === 0 ? 0 : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
