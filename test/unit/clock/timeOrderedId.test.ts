import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src-main/adapters/clock/systemClock.ts'
import { timeOrderedId } from '../../../src-main/adapters/clock/timeOrderedId.ts'

describe('identifiers', () => {
  it('carry the milliseconds, the version and the variant where RFC 9562 has them (A.6)', () => {
    const fixed = Uint8Array.from(Buffer.from('000000000000' + '0cc3' + '18c4dc0c0c07398f', 'hex'))
    const newId = timeOrderedId(() => 0x017f22e279b0, (bytes) => { bytes.set(fixed) })
    expect(newId()).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-98c4-dc0c0c07398f$/)
  })

  it('sort in the order they were made: within a millisecond, when the counter runs over, and when the clock steps back', () => {
    let nowMs = 1_800_000_000_000
    const newId = timeOrderedId(() => nowMs, (bytes) => { crypto.getRandomValues(bytes) })
    const ids = Array.from({ length: 20_000 }, (_, n) => {
      if (n === 15_000) nowMs -= 3_600_000
      if (n === 16_000) nowMs += 7_200_000
      return newId()
    })
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the system clock', () => {
  it('wakes at once when the signal is aborted, before or during the sleep, and never rejects', async () => {
    const clock = systemClock()
    const abort = new AbortController()
    const asleep = clock.sleep(2 ** 40, abort.signal)
    abort.abort()
    await asleep
    await clock.sleep(2 ** 40, abort.signal)
  })

  it('lets the loop turn even when there is no time left to sleep', async () => {
    const clock = systemClock()
    let hasTurned = false
    setImmediate(() => { hasTurned = true })
    for (let behind = 0; behind < 100 && !hasTurned; behind++) await clock.sleep(-behind)
    expect(hasTurned).toBe(true)
  })

  it('counts monotonic time from the machine, so that processes can compare', () => {
    const uptimeMs = Number(process.hrtime.bigint() / 1_000_000n)
    expect(Math.abs(systemClock().monotonicMs() - uptimeMs)).toBeLessThan(1000)
  })

  it('says UTC with milliseconds', () => {
    expect(systemClock().wallTime()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })
})
