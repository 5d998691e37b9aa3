import { expect, it } from 'vitest'
import { applyAction } from '../../../src-main/station/commissioning/applyAction.ts'
import { emptyDraft, type CommissioningDraft } from '../../../src-main/station/commissioning/draft.ts'
import { extendVisit, recordOf } from '../../../src-main/station/commissioning/journal.ts'
import type { StepId } from '../../../src-main/station/commissioning/steps.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString()
const opened = (draft: CommissioningDraft, step: StepId, minute: number): CommissioningDraft => applyAction(draft, { kind: 'stepOpened', step, at: at(minute) })
const worked = (draft: CommissioningDraft, minute: number): CommissioningDraft => ({ ...draft, visits: extendVisit(draft, at(minute)) })

it('counts a step from when it was opened to the last thing done there, over all visits', () => {
  let draft = worked(opened(emptyDraft, 'camera', 0), 4)
  draft = worked(opened(draft, 'regions', 4), 10)
  draft = worked(opened(draft, 'camera', 60), 61)
  expect(recordOf(draft, 'camera')).toEqual({ spentSeconds: 300, visits: 2, setbacks: [] })
  expect(recordOf(draft, 'regions')).toMatchObject({ spentSeconds: 360, visits: 1 })
})

it('does not count the night in which the wizard stood open', () => {
  const draft = opened(worked(opened(emptyDraft, 'camera', 0), 5), 'regions', 14 * 60)
  expect(recordOf(draft, 'camera').spentSeconds).toBe(300)
})

it('opening the step that is open is no new visit', () => {
  expect(recordOf(opened(opened(emptyDraft, 'camera', 0), 'camera', 3), 'camera').visits).toBe(1)
})

it('what was refused belongs to the step at which it was tried', () => {
  const draft = applyAction(opened(emptyDraft, 'outputs', 0), { kind: 'setBack', code: 'plc/unreachable', at: at(1) })
  expect(recordOf(draft, 'outputs').setbacks).toEqual([{ step: 'outputs', code: 'plc/unreachable', at: at(1) }])
  expect(recordOf(draft, 'camera').setbacks).toEqual([])
})
