import { describe, expect, it } from 'vitest'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import { Recipe } from '../../../src-preload/contract/recipe.ts'
import { applyAction, type CommissioningAction } from '../../../src-main/station/commissioning/applyAction.ts'
import type { CommissioningDraft } from '../../../src-main/station/commissioning/draft.ts'
import { knownBadScoresOf, pendingParts } from '../../../src-main/station/commissioning/knownBad.ts'
import { makeRecipe } from '../../../src-main/station/commissioning/makeRecipe.ts'
import { learningBasis } from '../../../src-main/station/commissioning/bases.ts'
import { face, withModel } from '../../renderer/support/drafts.ts'

const play = (draft: CommissioningDraft, ...actions: CommissioningAction[]) => actions.reduce(applyAction, draft)
const idOf = (n: number) => String(n).padStart(64, 'd') as Sha256
const taken = (n: number): CommissioningAction => ({ kind: 'knownBadCaptured', part: { id: idOf(n), sourceKey: `bad ${n}`, mediaType: 'image/png', kind: 'dent' } })
const modelOf = (draft: CommissioningDraft) => draft.learnt!.regions[0]!.model.sha256
const scored = (draft: CommissioningDraft, n: number, score: number): CommissioningAction => ({ kind: 'knownBadScored', scores: [{ partId: idOf(n), regionId: face.id, model: modelOf(draft), score }] })
const learnt = withModel()

describe('known-bad parts', () => {
  it('teach nothing: neither models nor steps change by them', () => {
    const draft = play(learnt, taken(1), taken(2), taken(2))
    expect(learningBasis(draft)).toBe(learningBasis(learnt))
    expect(draft.knownBad).toHaveLength(2)
    expect(draft.baseline).toBe(learnt.baseline)
  })

  it('wait for a score until the present model has given it, and again after learning anew', () => {
    const both = play(learnt, taken(1), taken(2))
    expect(pendingParts(both).map(({ part }) => part.id)).toEqual([idOf(1), idOf(2)])
    const one = play(both, scored(both, 2, 15))
    expect(pendingParts(one).map(({ part }) => part.id)).toEqual([idOf(1)])
    expect(knownBadScoresOf(one, one.learnt!.regions[0]!)).toEqual([{ id: idOf(2), score: 15 }])
    const model = { ...one.learnt!.regions[0]!.model, sha256: 'cd'.repeat(32) as Sha256 }
    const again = play(one, { kind: 'learnt', basis: learningBasis(one), frameIds: one.learnt!.frameIds, regions: [{ ...one.learnt!.regions[0]!, model }] })
    expect(pendingParts(again)).toHaveLength(2)
    expect(again.knownBadScores).toEqual([])
  })

  it('wait no longer once their picture cannot be scored, until the models are others', () => {
    const refused = play(learnt, taken(1), taken(2), { kind: 'knownBadNotScorable', id: idOf(1), fault: { code: 'frame/notAligned', detail: 'no part' } })
    expect(pendingParts(refused).map(({ part }) => part.id)).toEqual([idOf(2)])
    expect(refused.knownBad[0]).toMatchObject({ kind: 'dent', notScorable: { code: 'frame/notAligned' } })
    const again = play(refused, { kind: 'learnt', ...refused.learnt! })
    expect(pendingParts(again).map(({ part }) => part.id)).toEqual([idOf(1), idOf(2)])
    expect(again.knownBad[0]).not.toHaveProperty('notScorable')
  })

  it('are not scored by a model that is out of date', () => {
    const draft = play(learnt, taken(1), { kind: 'regionsSet', regions: [{ ...face, id: 'other' as RegionId }] })
    expect(pendingParts(draft)).toEqual([])
  })

  it('go with the camera that showed them, and one by one with their scores', () => {
    const draft = play(learnt, taken(1), taken(2), scored(learnt, 1, 12))
    expect(play(draft, { kind: 'knownBadRemoved', ids: [idOf(1)] })).toMatchObject({ knownBad: [{ id: idOf(2) }], knownBadScores: [] })
    expect(play(draft, { kind: 'cameraChosen', camera: { ...draft.camera!, source: 'folder:/other' } })).toMatchObject({ knownBad: [], knownBadScores: [] })
  })
})

describe('the recipe', () => {
  const choice = { kind: 'thresholdSet', regionId: face.id, failAbove: 12, unsureAbove: 11, minAreaPx: 0, expectedFalseRejects: { value: 0.1, low: 0, high: 0.3, n: 60 } } as const
  const basisOf = (draft: CommissioningDraft) => makeRecipe(draft, {} as never).regions[0]!.limits.basis

  it('keeps the choice, its reason, and what is to be expected of it with the known-bad parts shown since', () => {
    const chosen = play(learnt, { ...choice, reason: 'Dents must not reach the customer', costRatio: 50 }, taken(1), taken(2), taken(3))
    const draft = play(chosen, scored(chosen, 1, 10.5), scored(chosen, 2, 11.5), scored(chosen, 3, 20))
    expect(basisOf(draft)).toMatchObject({ rule: 'technician', reason: 'Dents must not reach the customer', costRatio: 50, knownBad: 3, expectedMisses: { value: 1 / 3, n: 3 } })
    const limits = Recipe.parse({ ...makeRecipe(draft, { widthPx: 640, heightPx: 480, maxPixels: 1e6, focusReference: 1, focusMinRatio: 0.5, focusFloor: 1, meanMin: 1, meanMax: 250, clippedMax: 0.5, refuseRepeats: true }) }).regions[0]!.limits
    expect(limits.basis).toEqual(basisOf(draft))
  })

  it('says nothing of misses when no known-bad part was shown, and forgets a reason that was taken back', () => {
    expect(Object.keys(basisOf(learnt)).sort()).toEqual(['expectedFalseRejects', 'goodImages', 'rule'])
    const taken = play(learnt, { ...choice, reason: 'x' }, choice)
    expect(basisOf(taken)).not.toHaveProperty('reason')
  })
})
