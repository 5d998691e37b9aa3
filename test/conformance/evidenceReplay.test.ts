import Database from 'better-sqlite3'
import { join } from 'node:path'
import { performance, monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import type { Sha256 } from '../../src-main/domain/ids.ts'
import type { Inspection } from '../../src-main/domain/inspection.ts'
import { replayThreshold } from '../../src-main/monitoring/replayThreshold.ts'
import { testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { someImage, someInspection } from '../support/someInspection.ts'

const scored = (n: number, score: number, changes: Partial<Inspection> = {}): Inspection => {
  const plain = someInspection(n, { outcome: score > 1 ? 'fail' : score > 0.8 ? 'unsure' : 'pass', ...changes })
  return { ...plain, readings: plain.readings.map((reading) => ({ ...reading, score })) }
}

it('stored scores are judged by another line, over any period, without the records being read', async () => {
  const evidence = testEvidence(testDirectory())
  valueOf(await evidence.open())
  const scores = [0.2, 0.5, 0.9, 1.5]
  for (const [n, score] of scores.entries()) valueOf(await evidence.record(scored(n, score, n === 1 ? { truth: { isDefective: true, defects: ['dent'] } } : {}), someImage(n, 64)))
  const [series] = valueOf(await evidence.scoreSeries())
  expect(series).toMatchObject({ regionName: 'front', model: 'b'.repeat(64) })
  const line = { series: series!.series, failAbove: 0.4, unsureAbove: 0.4 }
  const whole = valueOf(await replayThreshold(evidence, line, {}))
  expect(whole).toMatchObject({ parts: 4, before: { pass: 2, unsure: 1, fail: 1 }, after: { pass: 1, unsure: 0, fail: 3 }, changed: 2, truth: { defective: 1, missed: { before: 1, after: 0 } } })
  expect(whole.changes.map(({ resultId }) => resultId)).toEqual([someInspection(1).resultId, someInspection(2).resultId])
  const sinceMs = Date.parse(someInspection(2).wallTime)
  expect(valueOf(await replayThreshold(evidence, line, { sinceMs }))).toMatchObject({ parts: 2, changed: 1 })
  expect(valueOf(await replayThreshold(evidence, line, { untilMs: sinceMs }))).toMatchObject({ parts: 2, changed: 1 })
})

it('the scores of another model are a series of their own, the one used last first', async () => {
  const evidence = testEvidence(testDirectory())
  valueOf(await evidence.open())
  const retaught = scored(2, 0.5)
  valueOf(await evidence.record(scored(1, 0.5), someImage(1, 64)))
  valueOf(await evidence.record({ ...retaught, readings: retaught.readings.map((reading) => ({ ...reading, model: 'c'.repeat(64) as Sha256 })) }, someImage(2, 64)))
  valueOf(await evidence.record(someInspection(3, { frame: null, readings: [], outcome: null, fault: { code: 'camera/timeout', detail: '' } }), null))
  const series = valueOf(await evidence.scoreSeries())
  expect(series.map(({ model }) => model[0])).toEqual(['c', 'b'])
  expect(valueOf(await replayThreshold(evidence, { series: series[0]!.series, failAbove: 0.1, unsureAbove: 0.1 }, {}))).toMatchObject({ parts: 1, changed: 1 })
})

it('a large store is replayed page by page: the main loop hardly notices', { timeout: 120_000 }, async () => {
  const directory = testDirectory()
  const first = testEvidence(directory)
  valueOf(await first.open())
  valueOf(await first.record(scored(1, 0.5), someImage(1, 64)))
  await first.shutDown()
  const parts = Number(process.env.REPLAY_PARTS ?? 50_000)
  const database = new Database(join(directory, 'evidence.sqlite'))
  database.prepare(`WITH RECURSIVE n(i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    INSERT INTO scores SELECT i, 1, (i * 7919 % 1000) / 1000.0, 1, 0.8, 1000 * i, iif(i * 7919 % 1000 > 800, 'unsure', 'pass'), NULL FROM n`).run(parts)
  database.close()
  const evidence = testEvidence(directory)
  valueOf(await evidence.open())
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const begun = performance.now()
  const tally = valueOf(await replayThreshold(evidence, { series: 1, failAbove: 1, unsureAbove: 0.8001 }, {}))
  delay.disable()
  console.info(`replay of ${parts} scores: ${(performance.now() - begun).toFixed(0)} ms; main loop at most ${(delay.max / 1e6).toFixed(1)} ms late, typically ${(delay.percentile(50) / 1e6).toFixed(1)} ms`)
  expect(tally).toMatchObject({ parts, changed: 0 })
  expect(delay.percentile(95) / 1e6).toBeLessThan(20)
})

it('what a screen passed is no score of the region\'s own model, and its line is none to replay', async () => {
  const evidence = testEvidence(testDirectory())
  valueOf(await evidence.open())
  const screening = { model: 'f'.repeat(64) as Sha256, score: 0.1, passUpTo: 0.2 }
  const verified = scored(1, 0.9)
  const passed = scored(2, 0.1)
  valueOf(await evidence.record({ ...verified, readings: verified.readings.map((reading) => ({ ...reading, screening: { ...screening, score: 0.3 } })) }, someImage(1, 64)))
  valueOf(await evidence.record({ ...passed, readings: passed.readings.map((reading) => ({ ...reading, model: screening.model, failAbove: 0.2, unsureAbove: 0.2, screening })) }, someImage(2, 64)))
  const series = valueOf(await evidence.scoreSeries())
  expect(series.map(({ model }) => model[0])).toEqual(['b'])
  expect(valueOf(await replayThreshold(evidence, { series: series[0]!.series, failAbove: 0.8, unsureAbove: 0.05 }, {}))).toMatchObject({ parts: 1, changed: 1 })
  expect(valueOf(await evidence.inspection(passed.resultId)).readings[0]).toMatchObject({ score: 0.1, screening })
})
