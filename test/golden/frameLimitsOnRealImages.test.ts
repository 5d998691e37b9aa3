import { describe, expect, it } from 'vitest'
import type { Frame, PixelImage } from '../../src-main/domain/frame.ts'
import { frameLimitsFrom } from '../../src-main/learning/frameLimits.ts'
import { checkFrame } from '../../src-main/pipeline/checkFrame.ts'
import { measureFrame } from '../../src-main/pipeline/measureFrame.ts'
import { hasStudySet, studyImages, type StudySet } from '../support/studyImages.ts'

const sets = (['casting', 'magtile'] as const satisfies readonly StudySet[]).filter(hasStudySet)

describe.skipIf(sets.length === 0).each(sets)('frame limits from %s', (set) => {
  it.each([20, 160])('learnt on %i frames, take at most one good frame in a hundred for unsound and every frame out of focus', async (count) => {
    const limits = frameLimitsFrom((await studyImages(set, 'train/good', count)).map(measureFrame), { widthPx: 256, heightPx: 256 })
    const isRefused = (image: PixelImage): boolean => !checkFrame({ image, quality: measureFrame(image) } as Frame, limits, undefined).ok
    const good = await studyImages(set, 'test/good')
    expect(good.filter(isRefused).length / good.length).toBeLessThanOrEqual(0.01)
    expect(good.map(averaged).every(isRefused)).toBe(true)
  })
})

/** Each pixel the mean of its 5×5 neighbourhood, the border repeated. */
function averaged(image: PixelImage): PixelImage {
  const { widthPx, heightPx, data } = image
  const at = (y: number, x: number): number => data[Math.min(Math.max(y, 0), heightPx - 1) * widthPx + Math.min(Math.max(x, 0), widthPx - 1)]!
  const soft = data.map((_, i) => {
    const [y, x] = [Math.floor(i / widthPx), i % widthPx]
    let sum = 0
    for (let j = -2; j <= 2; j++) for (let k = -2; k <= 2; k++) sum += at(y + j, x + k)
    return Math.round(sum / 25)
  })
  return { ...image, data: soft }
}
