import { describe, expect, it } from 'vitest'
import { addTallies, emptyTally, namedChanges, replayPart, tallyReplay, type StoredPart } from '../../../src-main/domain/replay.ts'
import type { InspectionId, PartId } from '../../../src-main/domain/ids.ts'
import { replayThreshold } from '../../../src-main/monitoring/replayThreshold.ts'

const line = (at: number, unsureAbove = at) => ({ series: 1, failAbove: at, unsureAbove })
const part = (score: number, changes: Partial<StoredPart> = {}): StoredPart => ({
  outcome: score > 2 ? 'fail' : 'pass', isDefective: null, scores: [{ series: 1, score, failAbove: 2, unsureAbove: 2 }], ...changes,
})
const name = () => ({ resultId: 'r' as InspectionId, partId: 'p' as PartId, wallTime: '' })

describe('a part judged again by its stored score', () => {
  it('fails only over the line: a score on the line passes, as when the line runs', () => {
    expect(replayPart(part(1.5), line(1.5))).toBe('pass')
    expect(replayPart(part(1.5), line(1.4999))).toBe('fail')
    expect(replayPart(part(1.5), line(1.6, 1.4))).toBe('unsure')
  })

  it('keeps the verdict that another region gives it', () => {
    const other = { series: 2, score: 9, failAbove: 5, unsureAbove: 5 }
    expect(replayPart(part(2.5, { scores: [...part(2.5).scores, other] }), line(3))).toBe('fail')
  })

  it('is left undecided when its stored verdict did not follow from the scores alone', () => {
    expect(replayPart(part(3, { outcome: 'pass' }), line(5))).toBeUndefined()
    expect(tallyReplay([part(3, { outcome: 'pass' })], line(1), name)).toMatchObject({ parts: 1, undecided: 1, changed: 0, after: { pass: 1 } })
  })
})

describe('the tally of a replay', () => {
  it('counts both verdicts, what is known to be true, and only parts with a score of that model', () => {
    const parts = [part(1), part(1.7, { isDefective: true }), part(2.4, { isDefective: false }), part(9, { scores: [{ series: 2, score: 9, failAbove: 2, unsureAbove: 2 }] })]
    expect(tallyReplay(parts, line(1.5), name)).toMatchObject({
      parts: 3, before: { pass: 2, fail: 1, unsure: 0 }, after: { pass: 1, fail: 2, unsure: 0 }, changed: 1, changes: [{ before: 'pass', after: 'fail' }],
      truth: { defective: 1, good: 1, missed: { before: 1, after: 0 }, falseRejects: { before: 1, after: 1 } },
    })
  })

  it('is the same in one piece and in pages, and goes on counting when it stops naming', () => {
    const parts = Array.from({ length: 2500 }, (_, i) => part(1 + (i % 10) / 5))
    const whole = tallyReplay(parts, line(0.5), name)
    const paged = [parts.slice(0, 900), parts.slice(900)].map((some) => tallyReplay(some, line(0.5), name)).reduce(addTallies, emptyTally)
    expect(paged).toEqual(whole)
    expect(whole.changes).toHaveLength(namedChanges)
    expect(whole.changed).toBe(whole.after.fail - whole.before.fail)
  })

  it('walks the pages to the end, and no further than a cancel', async () => {
    const asked: number[] = []
    const abort = new AbortController()
    const replay = ({ after }: { after: number }) => {
      asked.push(after)
      if (asked.length === 5) abort.abort()
      return Promise.resolve({ ok: true as const, value: { tally: { ...emptyTally, parts: 1 }, next: after < 2 ? after + 1 : null, done: 1 } })
    }
    expect(await replayThreshold({ replay }, line(1), {})).toMatchObject({ ok: true, value: { parts: 3 } })
    await replayThreshold({ replay }, line(1), {}, abort.signal)
    expect(asked).toEqual([0, 1, 2, 0, 1])
  })
})
