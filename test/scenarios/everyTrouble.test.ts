import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { jsonLog } from '../../src-main/adapters/log/jsonLog.ts'
import type { ClosedInspection } from '../../src-main/domain/inspection.ts'
import { quietSink } from '../../src-main/hosts/commands/quietSink.ts'
import { composeStation, type ComposedStation } from '../../src-main/hosts/compose.ts'
import { commissionDemo } from '../../src-main/hosts/demoStation.ts'

let dataDir: string
let station: ComposedStation
const closed: ClosedInspection[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stationmaster-trouble-'))
  station = await composeStation({ dataDir, log: jsonLog(quietSink, systemClock()), pace: 'onDemand', firstSeed: 1, onClosed: (one) => closed.push(one) })
  expect(await commissionDemo(station, { world: 'plate', goodParts: 24 }, () => undefined)).toEqual({ ok: true, value: null })
  await vi.waitUntil(() => closed.length > 0, { timeout: 30_000 })
}, 120_000)

afterAll(async () => {
  await station.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** The part that carries what was injected, and proof that the line went on behind it. */
async function inject(what: string): Promise<ClosedInspection> {
  const before = closed.length
  expect(station.control.inject(what).ok).toBe(true)
  // The world has defects and faults of its own at its rates: a part that happens to have both is not the one.
  const carries = ({ truth, fault }: ClosedInspection): boolean =>
    (truth?.defects.includes(what) === true && truth.frameFault === undefined) || truth?.frameFault === what || (what === 'lost' && fault?.code === 'camera/lostFrame')
  const found = (): number => closed.findIndex((one, i) => i >= before && carries(one))
  await expect.poll(found, { timeout: 30_000 }).toBeGreaterThanOrEqual(before)
  const at = found()
  await expect.poll(() => closed.slice(at + 1).filter((one) => one.fault === null).length, { timeout: 30_000 }).toBeGreaterThan(1)
  return closed[at]!
}

test.each([
  ['dark', 'frame/dark'],
  ['blurred', 'frame/blurred'],
  ['saturated', 'frame/saturated'],
  ['repeated', 'frame/repeated'],
  ['lost', 'camera/lostFrame'],
] as const)('a %s picture is named, its part is not accepted, and the line goes on', async (what, code) => {
  const part = await inject(what)
  expect(part.fault?.code).toBe(code)
  expect(part.disposition).toBe('reject')
  expect(part.outcome).toBeNull()
  expect(part.receipt?.readBack).toBe('agrees')
}, 60_000)

test.each(['scratch', 'dent', 'missingFeature', 'stain', 'smear'])('a part with a %s is judged, recorded and told to the line as it was judged', async (what) => {
  const part = await inject(what)
  expect(part.fault).toBeNull()
  expect(part.disposition).toBe(part.outcome === 'pass' ? 'accept' : 'reject')
  expect(part.readings[0]!.score > part.readings[0]!.failAbove).toBe(part.outcome === 'fail')
}, 60_000)

test('every part has one record, in the order of the triggers, without a gap', async () => {
  await station.control.stop()
  const stored = await station.evidence.recent(10_000)
  if (!stored.ok) throw new Error(stored.fault.detail)
  const sequences = stored.value.map((one) => one.sequence).reverse()
  expect(sequences.length).toBeGreaterThanOrEqual(closed.length)
  expect(sequences.length).toBeGreaterThan(20)
  expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, i) => i + 1))
  expect(stored.value.filter((one) => one.receipt === null)).toEqual([])
}, 60_000)
