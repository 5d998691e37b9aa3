import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delayLimitsMs, pulseLimitsMs, pulseWindow, timeBudget, type LineFacts } from '../../../src-main/station/timeBudget.ts'

/** 0.5 m/s, 250 mm to the ejector, a part every 100 mm: 500 ms of travel, 200 ms from part to part. */
const line: LineFacts = {
  beltSpeedMmPerS: 500,
  cameraToEjectorMm: 250,
  partPitchMm: 100,
  ejectorReactionMs: 20,
  fastestDecisionMs: 30,
  slowestDecisionMs: 80,
  timingErrorMs: 2,
}

describe('timeBudget', () => {
  it.each([
    ['a calm line', line, { marginMs: 37, changes: [], delayMs: { from: 352, to: 398 } }],
    ['an ejector that is reached before the decision', { ...line, cameraToEjectorMm: 50 }, { marginMs: -2, changes: [{ fact: 'cameraToEjectorMm', bound: 'atLeast', value: 51 }], delayMs: null }],
    ['parts closer than the decision is exact', { ...line, partPitchMm: 50 }, { marginMs: -13, changes: [{ fact: 'partPitchMm', bound: 'atLeast', value: 63 }], delayMs: null }],
    ['an ejector that no delay reaches', { ...line, cameraToEjectorMm: 6_000 }, { marginMs: -1_852, changes: [{ fact: 'cameraToEjectorMm', bound: 'atMost', value: 5_074 }], delayMs: null }],
    ['decisions that no pulse covers', { ...line, cameraToEjectorMm: 1_500, partPitchMm: 2_000, slowestDecisionMs: 1_130 }, { marginMs: -106, changes: [{ fact: 'slowestDecisionMs', bound: 'atMost', value: 1_024 }], delayMs: null }],
  ])('%s', (_, facts, expected) => {
    expect(timeBudget(facts)).toMatchObject(expected)
  })

  it('names every number that must change', () => {
    expect(timeBudget({ ...line, cameraToEjectorMm: 40, partPitchMm: 20 }).changes.map((change) => change.fact)).toEqual(['cameraToEjectorMm', 'partPitchMm'])
  })

  it('leaves the pulse less room the later it starts', () => {
    expect(pulseWindow(line, 352)).toEqual({ from: 102, to: 144 })
    expect(pulseWindow(line, 398)).toEqual({ from: 56, to: 98 })
  })
})

const facts: fc.Arbitrary<LineFacts> = fc
  .record({
    beltSpeedMmPerS: fc.double({ min: 10, max: 3_000, noNaN: true }),
    cameraToEjectorMm: fc.double({ min: 1, max: 5_000, noNaN: true }),
    partPitchMm: fc.double({ min: 1, max: 2_000, noNaN: true }),
    ejectorReactionMs: fc.double({ min: 0, max: 200, noNaN: true }),
    fastestDecisionMs: fc.double({ min: 0, max: 300, noNaN: true }),
    jitterMs: fc.double({ min: 0, max: 300, noNaN: true }),
    timingErrorMs: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  .map(({ jitterMs, ...rest }) => ({ ...rest, slowestDecisionMs: rest.fastestDecisionMs + jitterMs }))
const share = fc.double({ min: 0, max: 1, noNaN: true })
const within = ({ from, to }: { from: number; to: number }, part: number): number => from + (to - from) * part
/** Rounding of sums of milliseconds. */
const tinyMs = 1e-6

describe('a line of any figures', () => {
  it('hits its part and spares both neighbours with every legal delay and pulse, however the decision and the timing turn out', () => {
    let legal = 0
    fc.assert(fc.property(facts, fc.array(share, { minLength: 5, maxLength: 5 }), (line, [a, b, c, d, e]) => {
      const { delayMs, travelMs, pitchMs, marginMs } = timeBudget(line)
      expect(delayMs === null).toBe(marginMs < 0)
      if (!delayMs) return
      legal++
      expect(delayMs.from).toBeGreaterThanOrEqual(delayLimitsMs.from)
      expect(delayMs.to).toBeLessThanOrEqual(delayLimitsMs.to)
      expect(delayMs.to - delayMs.from).toBeGreaterThan(-tinyMs)
      const delay = within(delayMs, a!)
      const pulses = pulseWindow(line, delay)
      expect(pulses.from).toBeGreaterThanOrEqual(pulseLimitsMs.from)
      expect(pulses.to).toBeLessThanOrEqual(pulseLimitsMs.to)
      expect(pulses.to - pulses.from).toBeGreaterThan(-tinyMs)
      const decisionMs = within({ from: line.fastestDecisionMs, to: line.slowestDecisionMs }, c!)
      const error = { from: -line.timingErrorMs, to: line.timingErrorMs }
      const actsMs = decisionMs + delay + within(error, d!) + line.ejectorReactionMs
      const restsMs = actsMs + within(pulses, b!) + within(error, e!)
      expect(actsMs).toBeLessThan(travelMs + tinyMs)
      expect(restsMs).toBeGreaterThan(travelMs - tinyMs)
      expect(actsMs).toBeGreaterThan(travelMs - pitchMs / 2 - tinyMs)
      expect(restsMs).toBeLessThan(travelMs + pitchMs / 2 + tinyMs)
    }), { numRuns: 2_000 })
    expect(legal).toBeGreaterThan(200)
  })

  it('has a margin once every number that was named has been changed', () => {
    fc.assert(fc.property(facts, (line) => {
      const changes = timeBudget(line).changes
      const changed = changes.reduce((so, { fact, value }) => ({ ...so, [fact]: value }), line)
      for (const { fact } of changes) {
        const left = timeBudget(changed).changes.filter((change) => change.fact === fact)
        for (const { value } of left) expect(Math.abs(value - changed[fact])).toBeLessThan(tinyMs * 10)
      }
    }), { numRuns: 1_000 })
  })
})
