import { describe, expect, it } from 'vitest'
import type { Frame, FrameQuality } from '../../../src-main/domain/frame.ts'
import { frameLimitsFrom } from '../../../src-main/learning/frameLimits.ts'
import { checkFrame } from '../../../src-main/pipeline/checkFrame.ts'

const size = { widthPx: 640, heightPx: 480 }
const quality = (figures: Partial<FrameQuality>): FrameQuality => ({ focus: 200, meanLevel: 120, clippedFraction: 0.001, histogram: [], fingerprint: '0', ...figures })
const baseline = Array.from({ length: 40 }, (_, i) => quality({ focus: 160 + 2 * i, meanLevel: 110 + i / 2, clippedFraction: i / 10_000 }))
const faultOf = (limits: ReturnType<typeof frameLimitsFrom>, figures: Partial<FrameQuality>): string | undefined => {
  const checked = checkFrame({ image: { ...size, channels: 1, data: new Uint8Array() }, quality: quality(figures) } as unknown as Frame, limits, undefined)
  return checked.ok ? undefined : checked.fault.code
}

describe('frame limits from a good baseline', () => {
  const limits = frameLimitsFrom(baseline, size)

  it('let every frame of the baseline pass, and a little more', () => {
    for (const good of baseline) expect(faultOf(limits, good)).toBeUndefined()
    expect(faultOf(limits, { focus: 120, meanLevel: 95, clippedFraction: 0.04 })).toBeUndefined()
  })

  it.each([
    ['no light', { meanLevel: 40 }, 'frame/dark'],
    ['twice the light', { meanLevel: 240 }, 'frame/bright'],
    ['a saturated sensor', { clippedFraction: 0.2 }, 'frame/saturated'],
    ['a lens out of focus', { focus: 60 }, 'frame/blurred'],
  ])('refuse %s', (_, figures, code) => {
    expect(faultOf(limits, figures)).toBe(code)
  })

  it('do not follow a single blurred frame in the baseline', () => {
    expect(faultOf(frameLimitsFrom([...baseline, quality({ focus: 5 })], size), { focus: 60 })).toBe('frame/blurred')
  })

  it('refuse black and white frames even where the line is nearly black or white', () => {
    expect(faultOf(frameLimitsFrom([quality({ meanLevel: 4 }), quality({ meanLevel: 30 })], size), { meanLevel: 0 })).toBe('frame/dark')
    expect(faultOf(frameLimitsFrom([quality({ meanLevel: 250 }), quality({ meanLevel: 200 })], size), { meanLevel: 255 })).toBe('frame/bright')
    expect(faultOf(frameLimitsFrom([quality({ clippedFraction: 0.9 })], size), { clippedFraction: 1 })).toBe('frame/saturated')
  })

  it('ask for some detail even when the baseline had none', () => {
    expect(faultOf(frameLimitsFrom([quality({ focus: 0 }), quality({ focus: 0 })], size), { focus: 1 })).toBe('frame/blurred')
  })
})
