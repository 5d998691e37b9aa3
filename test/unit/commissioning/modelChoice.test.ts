import { expect, test } from 'vitest'
import type { RegionId } from '../../../src-main/domain/ids.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import { featureSettingNames } from '../../../src-main/domain/recipe.ts'
import { fail, succeed } from '../../../src-main/domain/result.ts'
import { featureSettings } from '../../../src-main/learning/featureSetting.ts'
import type { SettingTimer } from '../../../src-main/ports/learner.ts'
import { viewCommissioning } from '../../../src-main/service/commissioningView.ts'
import { teachRegions, type Lesson } from '../../../src-main/service/teachRegions.ts'
import { timeSettings } from '../../../src-main/service/timeSettings.ts'
import { applyAction } from '../../../src-main/station/commissioning/applyAction.ts'
import { emptyDraft, type CommissioningDraft, type DraftRegion } from '../../../src-main/station/commissioning/draft.ts'
import { learningBasis } from '../../../src-main/station/commissioning/bases.ts'

const region = (id: string, x: number, width: number, height: number): DraftRegion => ({ id: id as RegionId, name: id, shape: { kind: 'rectangle', x, y: 0, width, height }, masks: [] })
const draft: CommissioningDraft = { ...emptyDraft, camera: { source: 'simulated:plate', isSimulated: true, achieved: {}, frameSize: { widthPx: 640, heightPx: 480 } }, regions: [region('a', 0, 200, 100), region('b', 300, 100, 300)] }
const modelling = (of: CommissioningDraft) => viewCommissioning({ draft: of, sources: [], plc: null, jobs: [] }).modelling
const never = new AbortController().signal

/** Takes 1, 2 and 4 µs for each pixel of the region. */
const timer: SettingTimer = {
  measureSettings: ({ regions }) => Promise.resolve(succeed(featureSettingNames.map((setting, i) => ({ setting, latencyMs: regions.reduce((sum, { width, height }) => sum + (2 ** i * width * height) / 1000, 0) })))),
}

test('the settings are timed region by region with progress, and their times add up', async () => {
  const shares: number[] = []
  const timing = await timeSettings(draft, 'padim', timer, ({ done }) => { shares.push(done) }, never)
  expect(shares).toEqual([0.5, 1])
  expect(timing).toMatchObject({ ok: true, value: { method: 'padim', latencies: [{ setting: 'fast', latencyMs: 50 }, { latencyMs: 100 }, { setting: 'detailed', latencyMs: 200 }] } })
})

test('without a region there is nothing to time, and a cancelled measurement gives nothing', async () => {
  expect(await timeSettings({ ...draft, regions: [] }, 'padim', timer, () => undefined, never)).toMatchObject({ ok: false, fault: { code: 'request/wrongMode' } })
  const cancelled = fail(fault('learning/cancelled', ''))
  expect(await timeSettings(draft, 'padim', { measureSettings: () => Promise.resolve(cancelled) }, () => undefined, never)).toBe(cancelled)
})

test('a proposal needs both the cycle time and times that belong to the regions and the method', async () => {
  const timing = await timeSettings(draft, 'padim', timer, () => undefined, never)
  if (!timing.ok) throw new Error(timing.fault.detail)
  const timed = applyAction(draft, { kind: 'settingsTimed', timing: timing.value })
  expect(modelling(timed)).toMatchObject({ timings: [{}, {}, {}], proposal: null })
  const known = applyAction(timed, { kind: 'cycleTimeSet', cycleTimeMs: 250 })
  expect(modelling(known).proposal).toEqual({ setting: 'standard', fits: true })
  expect(modelling(applyAction(known, { kind: 'cycleTimeSet', cycleTimeMs: 60 })).proposal).toEqual({ setting: 'fast', fits: false })
  expect(modelling(applyAction(known, { kind: 'modelChosen', choice: { method: 'patchcore', setting: 'fast' } })).timings).toBeNull()
  const moved = { ...known, regions: [region('a', 40, 200, 100), region('b', 300, 100, 300)] }
  expect(modelling(moved).timings).not.toBeNull()
  expect(modelling({ ...known, regions: [region('a', 0, 210, 100)] }).timings).toBeNull()
})

test('a draft of an earlier version keeps its basis; another choice changes it, and the default chosen by hand does not', () => {
  const chosen = (method: 'padim' | 'patchcore', setting: 'fast' | 'standard') => learningBasis(applyAction(draft, { kind: 'modelChosen', choice: { method, setting } }))
  expect(chosen('padim', 'standard')).toBe(learningBasis(draft))
  expect(chosen('padim', 'fast')).not.toBe(learningBasis(draft))
  expect(chosen('patchcore', 'standard')).not.toBe(chosen('padim', 'fast'))
})

test.each(['fast', 'detailed'] as const)('crops are cut at the size of the setting %s, in the shape of the region', async (setting) => {
  const asked: unknown[] = []
  const { inputSize } = featureSettings[setting]
  const lesson: Lesson = { pictures: [{ name: 'one', open: () => Promise.resolve(succeed({ image: { widthPx: 640, heightPx: 480 }, quality: {} } as never)) }], regions: [region('b', 300, 100, 300)], frameSize: { widthPx: 640, heightPx: 480 }, choice: { method: 'padim', setting }, inputSize, seed: 1 }
  const pixels = { cut: (_image: unknown, plans: readonly unknown[]) => { asked.push(...plans); return Promise.resolve(plans.map(() => ({ data: new Uint8Array() }))) } }
  const learner = { enrol: ({ regions }: { regions: readonly unknown[] }) => { asked.push(...regions); return Promise.resolve(succeed([])) } }
  await teachRegions(lesson, { pixels, learner } as never, () => undefined, never)
  const [plan, toLearn] = asked as [{ model: { inputWidthPx: number; inputHeightPx: number } }, { inputWidthPx: number; inputHeightPx: number; setting: string }]
  expect(plan.model).toMatchObject({ inputWidthPx: toLearn.inputWidthPx, inputHeightPx: toLearn.inputHeightPx })
  expect(toLearn).toMatchObject({ setting, inputHeightPx: setting === 'fast' ? 448 : 672, inputWidthPx: setting === 'fast' ? 144 : 224 })
})
