import { describe, expect, test } from 'vitest'
import type { Frame, FrameQuality } from '../../../src-main/domain/frame.ts'
import type { FrameLimits } from '../../../src-main/domain/recipe.ts'
import { checkFrame } from '../../../src-main/pipeline/checkFrame.ts'

const limits: FrameLimits = {
  widthPx: 4, heightPx: 2, maxPixels: 1_000, focusReference: 200, focusMinRatio: 0.4, focusFloor: 10,
  meanMin: 40, meanMax: 200, clippedMax: 0.05, refuseRepeats: true,
}

const frameOf = (quality: Partial<FrameQuality>, widthPx = 4, heightPx = 2): Frame => ({
  camera: 'test', sequence: 1, original: { bytes: new Uint8Array(), mediaType: 'image/png' }, settings: { asked: {}, achieved: {} },
  monotonicMs: 0, wallTime: '2026-01-01T00:00:00.000Z', isSimulated: true,
  image: { widthPx, heightPx, channels: 1, data: new Uint8Array(widthPx * heightPx) },
  quality: { focus: 150, meanLevel: 120, clippedFraction: 0.01, histogram: [], fingerprint: 'new', ...quality },
})

const codeOf = (frame: Frame, previous?: string, changed: Partial<FrameLimits> = {}): string => {
  const checked = checkFrame(frame, { ...limits, ...changed }, previous)
  return checked.ok ? 'sound' : checked.fault.code
}

describe('checkFrame', () => {
  test('a good frame is sound and carries all six checks with their figures', () => {
    const checked = checkFrame(frameOf({}), limits, 'old')
    expect(checked.ok).toBe(true)
    expect(checked.checks).toEqual([
      { name: 'size', measured: 8, limit: 8, passed: true },
      { name: 'repeat', measured: 0, limit: 0, passed: true },
      { name: 'darkness', measured: 120, limit: 40, passed: true },
      { name: 'brightness', measured: 120, limit: 200, passed: true },
      { name: 'clipping', measured: 0.01, limit: 0.05, passed: true },
      { name: 'focus', measured: 150, limit: 80, passed: true },
    ])
    if (checked.ok) expect(checked.value.checks).toBe(checked.checks)
  })

  test.each([
    ['frame/wrongSize', frameOf({}, 5, 2)],
    ['frame/wrongSize', frameOf({}, 2, 4)],
    ['frame/repeated', frameOf({ fingerprint: 'old' })],
    ['frame/dark', frameOf({ meanLevel: 39.9 })],
    ['frame/bright', frameOf({ meanLevel: 200.1 })],
    ['frame/saturated', frameOf({ clippedFraction: 0.051 })],
    ['frame/blurred', frameOf({ focus: 79 })],
  ])('%s is named', (code, frame) => {
    expect(codeOf(frame, 'old')).toBe(code)
  })

  test('a failed frame still brings every check, and the fault the figures of its own', () => {
    const checked = checkFrame(frameOf({ meanLevel: 12, focus: 3 }), limits, undefined)
    expect(checked).toMatchObject({ ok: false, fault: { code: 'frame/dark', measured: 12, limit: 40 } })
    expect(checked.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['darkness', 'focus'])
    expect(checked.checks).toHaveLength(6)
  })

  test('the cause comes before its consequences', () => {
    const worst = { meanLevel: 3, clippedFraction: 0.9, focus: 0, fingerprint: 'old' }
    expect(codeOf(frameOf(worst, 9, 9), 'old')).toBe('frame/wrongSize')
    expect(codeOf(frameOf(worst), 'old')).toBe('frame/repeated')
    expect(codeOf(frameOf(worst))).toBe('frame/dark')
    expect(codeOf(frameOf({ meanLevel: 250, clippedFraction: 0.9, focus: 0 }))).toBe('frame/saturated')
    expect(codeOf(frameOf({ meanLevel: 250, focus: 0 }))).toBe('frame/bright')
  })

  test('the first frame repeats nothing, and a recipe may allow repeats', () => {
    expect(codeOf(frameOf({ fingerprint: 'old' }))).toBe('sound')
    expect(codeOf(frameOf({ fingerprint: 'old' }), 'old', { refuseRepeats: false })).toBe('sound')
  })

  test('the focus floor holds where the reference is low', () => {
    expect(codeOf(frameOf({ focus: 9 }), undefined, { focusReference: 5 })).toBe('frame/blurred')
    expect(codeOf(frameOf({ focus: 11 }), undefined, { focusReference: 5 })).toBe('sound')
  })

  test('a figure that is no number never passes', () => {
    expect(codeOf(frameOf({ focus: NaN }))).toBe('frame/blurred')
    expect(codeOf(frameOf({ meanLevel: NaN }))).toBe('frame/dark')
  })
})
