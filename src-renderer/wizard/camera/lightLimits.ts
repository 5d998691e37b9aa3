/** Aims for a picture that shows defects in the bright and in the dark (UX.md, step 2). Levels 0–255, clipping 0–1. */
export const lightLimits = { meanMin: 80, meanMax: 160, clippedMax: 0.005 } as const

export const judgeLevel = (mean: number): 'dark' | 'good' | 'bright' => (mean < lightLimits.meanMin ? 'dark' : mean > lightLimits.meanMax ? 'bright' : 'good')

export const judgeClipping = (fraction: number): 'good' | 'over' => (fraction > lightLimits.clippedMax ? 'over' : 'good')
