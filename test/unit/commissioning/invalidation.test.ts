import { describe, expect, test } from 'vitest'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import type { OutputReceipt } from '../../../src-main/domain/inspection.ts'
import type { SealedModel } from '../../../src-main/domain/recipe.ts'
import { applyAction, planLearning, type CommissioningAction } from '../../../src-main/station/commissioning/applyAction.ts'
import { flagBaseline } from '../../../src-main/station/commissioning/baselineFlags.ts'
import { emptyDraft, type BaselineFrame, type CommissioningDraft, type DraftAlignment, type DraftRegion } from '../../../src-main/station/commissioning/draft.ts'
import { makeRecipe } from '../../../src-main/station/commissioning/makeRecipe.ts'
import { validSignatures } from '../../../src-main/station/commissioning/bases.ts'
import { isReadyToRun, viewSteps } from '../../../src-main/station/commissioning/steps.ts'

const region: DraftRegion = { id: 'r1' as RegionId, name: 'Bore', shape: { kind: 'rectangle', x: 10, y: 10, width: 200, height: 200 }, masks: [] }
const model = { sha256: 'a'.repeat(64) as Sha256 } as SealedModel
const agreed: OutputReceipt = { output: 'reject', coil: 0, delayMs: 0, pulseMs: 100, askedMs: 0, onMs: 1, offMs: 101, readBack: 'agrees', fault: null }
const frame = (n: number, quality: Partial<BaselineFrame['quality']> = {}): BaselineFrame => ({
  id: String(n).padStart(64, '0') as Sha256, sourceKey: `key ${n}`, mediaType: 'image/png', isSimulatedDefect: false,
  quality: { focus: 100, meanLevel: 120, clippedFraction: 0, fingerprint: `print ${n}`, ...quality },
})
const alignment: DraftAlignment = {
  taught: { rectangle: { kind: 'rectangle', x: 10, y: 10, width: 40, height: 40 }, template: { reduction: 1, widthPx: 40, heightPx: 40, pixels: '' }, travel: { shiftPx: 40, rotationDeg: 10 }, minScore: 0.5 },
  spread: { frames: 20, found: 20, shiftSdPx: 2, rotationSdDeg: 0.5, lowestScore: 0.9 },
}
const interval = { value: 0.1, low: 0, high: 0.3, n: 20 }
const limits = { failAbove: 2, unsureAbove: 2, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis: { rule: 'q90' as const, goodImages: 20, expectedFalseRejects: interval } }

const play = (draft: CommissioningDraft, ...actions: CommissioningAction[]): CommissioningDraft => actions.reduce(applyAction, draft)
const statuses = (draft: CommissioningDraft): string => viewSteps(draft).map((step) => `${step.id}:${step.status}`).join(' ')
const camera: CommissioningAction = { kind: 'cameraChosen', camera: { source: 'simulated:plate', isSimulated: true, achieved: {}, frameSize: { widthPx: 640, heightPx: 480 } } }
const withModels = (draft: CommissioningDraft): CommissioningDraft => {
  const { basis, frames } = planLearning(draft)
  return play(draft, { kind: 'learnt', basis, frameIds: frames.map((one) => one.id), regions: [{ regionId: region.id, model, limits, holdOutScores: [1], seconds: 1 }] })
}
const tested: readonly CommissioningAction[] = [{ kind: 'outputTested', output: 'reject', receipt: agreed }, { kind: 'outputConfirmed', output: 'reject', seen: true }]
const commissioned = play(
  withModels(play(emptyDraft, camera, { kind: 'regionsSet', regions: [region] }, ...Array.from({ length: 20 }, (_, n): CommissioningAction => ({ kind: 'baselineCaptured', frame: frame(n) })))),
  ...tested,
)
const allPassed = 'camera:passed regions:passed baseline:passed threshold:passed outputs:passed run:passed'

test('a fresh station has everything to do, and the rail says what', () => {
  expect(statuses(emptyDraft)).toBe('camera:todo regions:todo baseline:todo threshold:todo outputs:todo run:todo')
  expect(viewSteps(emptyDraft)[0]!.missing).toEqual([{ code: 'camera', params: {} }])
})

test('with every step done the station may run, and the recipe holds what was found', () => {
  expect(statuses(commissioned)).toBe(allPassed)
  expect(isReadyToRun(commissioned)).toBe(true)
  const recipe = makeRecipe(commissioned, {} as never)
  expect(recipe.regions[0]).toMatchObject({ name: 'Bore', model, limits: { failAbove: 2 } })
})

describe('a change marks exactly the steps that depended on what changed', () => {
  const moved = { ...region, shape: { ...region.shape, x: 11 } } as DraftRegion
  const otherWiring = { ...commissioned.plc.wiring, reject: { coil: 3, delayMs: 0, pulseMs: 100 } }
  test.each<[string, CommissioningAction, string]>([
    ['name', { kind: 'named', name: 'Line 4' }, allPassed],
    ['region renamed', { kind: 'regionsSet', regions: [{ ...region, name: 'Flange' }] }, allPassed],
    ['region moved', { kind: 'regionsSet', regions: [moved] }, 'camera:passed regions:passed baseline:passed threshold:stale outputs:passed run:todo'],
    ['alignment taught', { kind: 'alignmentSet', alignment }, 'camera:passed regions:passed baseline:passed threshold:stale outputs:passed run:todo'],
    ['one more baseline frame', { kind: 'baselineCaptured', frame: frame(20) }, 'camera:passed regions:passed baseline:passed threshold:stale outputs:passed run:todo'],
    ['a blurred frame more', { kind: 'baselineCaptured', frame: frame(20, { focus: 1 }) }, allPassed],
    ['baseline frame removed', { kind: 'baselineRemoved', ids: [frame(0).id] }, 'camera:passed regions:passed baseline:todo threshold:stale outputs:passed run:todo'],
    ['threshold moved', { kind: 'thresholdSet', regionId: region.id, failAbove: 3, unsureAbove: 3, minAreaPx: 0, expectedFalseRejects: interval }, allPassed],
    ['coil rewired', { kind: 'plcChosen', target: 'simulated', wiring: otherWiring }, 'camera:passed regions:passed baseline:passed threshold:passed outputs:stale run:todo'],
    ['output not seen to move', { kind: 'outputConfirmed', output: 'reject', seen: false }, 'camera:passed regions:passed baseline:passed threshold:passed outputs:todo run:todo'],
    ['another camera', { ...camera, camera: { ...camera.camera, source: 'folder:/line' } }, 'camera:passed regions:passed baseline:todo threshold:stale outputs:passed run:todo'],
    ['a smaller picture', { ...camera, camera: { ...camera.camera, frameSize: { widthPx: 100, heightPx: 100 } } }, 'camera:passed regions:stale baseline:passed threshold:stale outputs:passed run:todo'],
  ])('%s', (_, action, expected) => { expect(statuses(applyAction(commissioned, action))).toBe(expected) })
})

test('undoing a change makes what was stale valid again: results know what they were based on', () => {
  const moved = play(commissioned, { kind: 'regionsSet', regions: [{ ...region, shape: { kind: 'rectangle', x: 0, y: 0, width: 200, height: 200 } }] })
  expect(statuses(play(moved, { kind: 'regionsSet', regions: [region] }))).toBe(allPassed)
})

test('alignment that was switched off again leaves no trace; learnt with, it is in the recipe; another camera drops it', () => {
  const taught = play(commissioned, { kind: 'alignmentSet', alignment })
  expect(statuses(play(taught, { kind: 'alignmentSet', alignment: null }))).toBe(allPassed)
  expect(makeRecipe(commissioned, {} as never)).not.toHaveProperty('alignment')
  const learnt = withModels(taught)
  expect(statuses(learnt)).toBe(allPassed)
  expect(makeRecipe(learnt, {} as never).alignment).toBe(alignment.taught)
  expect(statuses(play(learnt, { kind: 'alignmentSet', alignment: { ...alignment, taught: { ...alignment.taught, minScore: 0.6 } } }))).toContain('threshold:stale')
  expect(statuses(play(learnt, { kind: 'alignmentSet', alignment: { ...alignment, spread: null } }))).toBe(allPassed)
  expect(play(learnt, { ...camera, camera: { ...camera.camera, source: 'folder:/line' } }).alignment).toBeNull()
})

test('baseline frames are flagged against the rest of the baseline', () => {
  const frames = [...Array.from({ length: 9 }, (_, n) => frame(n)), frame(9, { focus: 40 }), frame(10, { meanLevel: 60 }), frame(11, { meanLevel: 200 }), frame(12, { clippedFraction: 0.2 }), frame(13, { fingerprint: 'print 0' })]
  expect(flagBaseline(frames).slice(9)).toEqual([['blurred'], ['dark'], ['bright'], ['clipped'], ['duplicate']])
  expect(flagBaseline(frames).slice(0, 9).flat()).toEqual([])
})

test.each([
  ['outside the picture', { kind: 'rectangle', x: 600, y: 10, width: 100, height: 100 }, 'regionOutside'],
  ['crossing itself', { kind: 'polygon', points: [{ x: 0, y: 0 }, { x: 100, y: 100 }, { x: 100, y: 0 }, { x: 0, y: 100 }] }, 'regionCrossing'],
  ['too small', { kind: 'rectangle', x: 0, y: 0, width: 20, height: 200 }, 'regionTooSmall'],
] as const)('a region %s keeps its step from passing', (_, shape, code) => {
  const draft = play(commissioned, { kind: 'regionsSet', regions: [{ ...region, shape }] as DraftRegion[] })
  expect(viewSteps(draft)[1]!.missing[0]!.code).toBe(code)
  expect(isReadyToRun(draft)).toBe(false)
})

describe('a step left undone on purpose', () => {
  const untested = { ...commissioned, tests: [] }
  const waived = play(untested, { kind: 'waived', waiver: { step: 'outputs', reason: 'no ejector on this line yet', who: 'Mara', at: '2026-01-01T08:00:00.000Z' } })

  test('counts as done, by name and with its reason', () => {
    expect(statuses(waived)).toBe('camera:passed regions:passed baseline:passed threshold:passed outputs:waived run:passed')
    expect(isReadyToRun(waived)).toBe(true)
  })

  test('has to be decided anew when what it rests on changes', () => {
    const rewired = play(waived, { kind: 'plcChosen', target: 'tcp://10.0.0.9:502', wiring: commissioned.plc.wiring })
    expect(statuses(rewired)).toContain('outputs:todo')
    expect(isReadyToRun(rewired)).toBe(false)
  })

  test('is not offered where no recipe can do without it', () => {
    expect(viewSteps(emptyDraft).filter((step) => step.mayBeWaived).map((step) => step.id)).toEqual(['outputs'])
  })
})

describe('a signature', () => {
  const signed = play(commissioned, { kind: 'signed', signature: { name: 'Mara', role: 'technician', meaning: 'commissioned', at: '2026-01-01T08:00:00.000Z' } })

  test('stands for everything that was decided, until any of it changes', () => {
    expect(validSignatures(signed).map(({ name }) => name)).toEqual(['Mara'])
    expect(validSignatures(play(signed, { kind: 'regionsSet', regions: [{ ...region, name: 'Flange' }] }))).toEqual([])
  })

  test('is not touched by walking through the steps again', () => {
    expect(validSignatures(play(signed, { kind: 'stepOpened', step: 'camera', at: '2026-01-01T09:00:00.000Z' }))).toHaveLength(1)
  })
})
