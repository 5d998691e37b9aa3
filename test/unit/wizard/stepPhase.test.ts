import { describe, expect, it } from 'vitest'
import { chooseStep, phaseOf, stillMissing, type StepView } from '../../../src-renderer/wizard/stepPhase.ts'

const step = (id: StepView['id'], status: StepView['status'], isOpen: boolean, missing: readonly string[] = []): StepView => ({ id, status, isOpen, minutes: 10, spentSeconds: 0, visits: 0, mayBeWaived: false, waiver: null, missing: missing.map((code) => ({ code, params: {} })) })

const halfway = [step('camera', 'passed', true), step('regions', 'todo', true, ['region']), step('baseline', 'passed', true), step('threshold', 'todo', false, ['learn'])]

describe('which step is shown', () => {
  it('is the one in the address, when it may be opened', () => {
    expect(chooseStep(halfway, 'baseline').id).toBe('baseline')
  })

  it('is otherwise the first that still needs work', () => {
    expect(chooseStep(halfway, 'threshold').id).toBe('regions')
    expect(chooseStep(halfway, 'nonsense').id).toBe('regions')
    expect(chooseStep(halfway, undefined).id).toBe('regions')
  })
})

describe('what stands beside Next', () => {
  it('is what the step itself misses', () => {
    expect(stillMissing(halfway, 'regions').map(({ code }) => code)).toEqual(['region'])
  })

  it('is what an earlier step misses, when only that keeps Next closed', () => {
    expect(stillMissing(halfway, 'baseline').map(({ code }) => code)).toEqual(['region'])
  })

  it('is nothing when all is well', () => {
    expect(stillMissing(halfway, 'camera')).toEqual([])
  })
})

it('calls only the step on the screen "in progress", and never one that is out of date', () => {
  expect(halfway.map((one) => phaseOf(one, one.id === 'regions'))).toEqual(['passed', 'inProgress', 'passed', 'todo'])
  expect(phaseOf(step('threshold', 'stale', true), true)).toBe('stale')
})
