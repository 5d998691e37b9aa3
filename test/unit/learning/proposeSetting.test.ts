import { expect, it } from 'vitest'
import { proposeSetting } from '../../../src-main/learning/proposeSetting.ts'

const latencies = [{ setting: 'fast', latencyMs: 5 }, { setting: 'standard', latencyMs: 12 }, { setting: 'detailed', latencyMs: 30 }] as const

it.each([
  [100, 'standard', true], [24, 'standard', true], [23, 'fast', true], [10, 'fast', true],
  [9, 'fast', false],
] as const)('in a cycle of %i ms the %s setting is proposed (fits: %s)', (cycleTimeMs, setting, fits) => {
  expect(proposeSetting(latencies, cycleTimeMs)).toEqual({ setting, fits })
})
