import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openHarness, type Harness } from './openHarness.ts'

/** One built harness and browser for the tests around it. Each test starts with no page open, and fails when its pages complained. */
export function useHarness(): Pick<Harness, 'open'> {
  let harness: Harness
  beforeAll(async () => {
    harness = await openHarness()
  })
  afterEach(async () => {
    await harness.closePages()
    expect(harness.complaints.splice(0)).toEqual([])
  })
  afterAll(() => harness.close())
  return { open: (options) => harness.open(options) }
}
