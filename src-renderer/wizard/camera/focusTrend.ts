export interface FocusTrend {
  /** The newest last. */
  readonly values: readonly number[]
  /** The best since it was last reset: turning the lens past it shows that it was the best. */
  readonly peak: number
}

const keptFrames = 160

export const beginFocusTrend = (): FocusTrend => ({ values: [], peak: 0 })

export const extendFocusTrend = ({ values, peak }: FocusTrend, focus: number): FocusTrend => ({
  values: [...values.slice(1 - keptFrames), focus],
  peak: Math.max(peak, focus),
})
