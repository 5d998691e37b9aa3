import { describe, expect, test } from 'vitest'
import { tokens } from '../../src-renderer/parts/tokens.ts'

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminanceOf(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrastOf(one: string, other: string): number {
  const [dark, light] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

describe.each(Object.entries(tokens))('%s', (_name, t) => {
  test.each(['text', 'textQuiet', 'pass', 'fail', 'action'] as const)('%s reads on the ground and on surfaces', (ink) => {
    expect(contrastOf(t[ink], t.ground)).toBeGreaterThanOrEqual(4.5)
    expect(contrastOf(t[ink], t.surface)).toBeGreaterThanOrEqual(4.5)
  })
  test('what stands on a coloured field reads', () => {
    for (const field of [t.pass, t.fail, t.action]) expect(contrastOf(t.onColour, field)).toBeGreaterThanOrEqual(4.5)
    expect(contrastOf(t.onReview, t.review)).toBeGreaterThanOrEqual(4.5)
    expect(contrastOf(t.surface, t.text)).toBeGreaterThanOrEqual(4.5)
  })
})
