import { describe, expect, it } from 'vitest'
import { fault, type Fault } from '../../../src-main/domain/fault.ts'
import type { Sha256 } from '../../../src-main/domain/ids.ts'
import { fail, succeed } from '../../../src-main/domain/result.ts'
import { scoreKnownBad, type ScoringRoom } from '../../../src-main/service/scoreKnownBad.ts'
import type { KnownBadScore } from '../../../src-main/station/commissioning/draft.ts'
import type { PendingPart } from '../../../src-main/station/commissioning/knownBad.ts'
import { parityRecipe, parityRoom } from '../../support/parityRoom.ts'

const [region] = parityRecipe.regions
const alignment = {} as NonNullable<ScoringRoom['alignment']>

/** Pictures of one byte, which is their score; 66 is a part that is not found. */
async function score(levels: readonly number[], changes: Partial<ScoringRoom> = {}) {
  const room = parityRoom()
  const [kept, refused]: [KnownBadScore[], (readonly [Sha256, Fault['code']])[]] = [[], []]
  const pending = levels.map((level): PendingPart => ({ part: { id: room.pin(level).image, sourceKey: String(level), mediaType: 'image/png', kind: 'dent' }, regions: [region!] }))
  const { tools } = room
  const done = await scoreKnownBad(pending, {
    evidence: { fetch: async (kind, name) => (kind === 'model' ? succeed(new Uint8Array(1)) : tools.evidence.fetch(kind, name)) },
    pixels: { ...tools.pixels, align: async (image) => (image.data[0] === 66 ? fail(fault('frame/notAligned', 'the part was not found')) : succeed({ dxPx: 0, dyPx: 0, rotationDeg: 0, pivot: { x: 0, y: 0 }, score: 1 })) },
    model: { load: async () => succeed({} as never), run: tools.model.run },
    maxPixels: 10, frameSize: { widthPx: 1, heightPx: 1 }, alignment,
    keep: async (scores) => { kept.push(...scores); return succeed(null) },
    refuse: async (id, why) => { refused.push([id, why.code]); return succeed(null) },
    ...changes,
  }, () => undefined, new AbortController().signal)
  return { done, scores: kept.map((one) => one.score), refused, idOf: (level: number) => room.pin(level).image }
}

describe('scoring known-bad parts', () => {
  it('goes on after a part that is not found in its picture, and says so of that part', async () => {
    const { done, scores, refused, idOf } = await score([10, 66, 30])
    expect(done).toEqual({ ok: true, value: null })
    expect(scores).toEqual([10, 30])
    expect(refused).toEqual([[idOf(66), 'frame/notAligned']])
  })

  it('goes on after a picture of another size', async () => {
    const { done, refused } = await score([10, 30], { frameSize: { widthPx: 2, heightPx: 1 } })
    expect(done.ok).toBe(true)
    expect(refused.map(([, code]) => code)).toEqual(['frame/wrongSize', 'frame/wrongSize'])
  })

  it('stops where no part could be scored: the inference process is gone', async () => {
    const { done, refused } = await score([10], { model: { load: async () => succeed({} as never), run: async () => fail(fault('model/unavailable', 'gone')) } })
    expect(done).toMatchObject({ ok: false, fault: { code: 'model/unavailable' } })
    expect(refused).toEqual([])
  })
})
