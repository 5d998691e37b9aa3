import { expect, it } from 'vitest'
import { applyAction } from '../../../src-main/station/commissioning/applyAction.ts'
import { emptyDraft, type CommissioningDraft } from '../../../src-main/station/commissioning/draft.ts'
import { extendVisit, recordOf } from '../../../src-main/station/commissioning/journal.ts'
import type { StepId } from '../../../src-main/station/commissioning/steps.ts'

const at = '2026-01-01T08:00:00.000Z'
const minute = 60_000
const opened = (draft: CommissioningDraft, step: StepId): CommissioningDraft => applyAction(draft, { kind: 'stepOpened', step, at })
const worked = (draft: CommissioningDraft, ms: number): CommissioningDraft => ({ ...draft, visits: extendVisit(draft, ms) })

it('adds up what was spent at a step, over all visits', () => {
  let draft = worked(worked(opened(emptyDraft, 'camera'), minute), 3 * minute)
  draft = worked(opened(draft, 'regions'), 6 * minute)
  draft = worked(opened(draft, 'camera'), minute)
  expect(recordOf(draft, 'camera')).toEqual({ spentSeconds: 300, visits: 2, setbacks: [] })
  expect(recordOf(draft, 'regions')).toMatchObject({ spentSeconds: 360, visits: 1 })
})

it('does not count the night in which the wizard stood open', () => {
  const draft = worked(opened(emptyDraft, 'camera'), 14 * 60 * minute)
  expect(recordOf(draft, 'camera').spentSeconds).toBe(600)
})

it('opening the step that is open is no new visit', () => {
  expect(recordOf(opened(opened(emptyDraft, 'camera'), 'camera'), 'camera').visits).toBe(1)
})

it('what was refused belongs to the step at which it was tried', () => {
  const draft = applyAction(opened(emptyDraft, 'outputs'), { kind: 'setBack', code: 'plc/unreachable', at })
  expect(recordOf(draft, 'outputs').setbacks).toEqual([{ step: 'outputs', code: 'plc/unreachable', at }])
  expect(recordOf(draft, 'camera').setbacks).toEqual([])
})
