import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { evidenceOnDisk, filesBelow, intact, leftOversIn } from '../support/evidenceOnDisk.ts'
import { promised, startRecorder } from '../support/recorder.ts'

const kills = 12
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)

it(`kill -9, ${kills} times at random moments (KILL_SEED=${seed}): nothing that was promised is lost, and nothing is there twice`, async () => {
  const directory = testDirectory()
  const images = join(directory, 'images')
  const moments = fc.sample(fc.record({ parts: fc.integer({ min: 0, max: 4 }), delayMs: fc.integer({ min: 0, max: 30 }) }), { seed, numRuns: kills })
  const ids: string[] = []
  const closed: string[] = []
  let quarantined = 0
  for (const { parts, delayMs } of moments) {
    const leftBefore = leftOversIn(directory)
    const recorder = startRecorder('recordParts.ts', [directory, '50000'])
    const opened = await recorder.said('open ')
    if (parts > 0) await recorder.promises(parts)
    await wait(delayMs)
    await recorder.kill()
    const sweep = JSON.parse(opened.slice('open '.length)) as { quarantined: number; temporaryRemoved: number; imagesMissing: number }
    expect(sweep.quarantined + sweep.temporaryRemoved).toBe(leftBefore)
    expect(sweep.imagesMissing).toBe(0)
    quarantined += sweep.quarantined
    ids.push(...promised(recorder.lines).map((part) => part.resultId))
    closed.push(...recorder.lines.filter((line) => line.startsWith('closed ')).map((line) => `test:${line.slice('closed '.length)}`))
  }
  const leftOver = leftOversIn(directory)
  const evidence = testEvidence(directory)
  const { sweep } = valueOf(await evidence.open())
  expect(sweep.quarantined + sweep.temporaryRemoved).toBe(leftOver)
  const { rows, integrity } = evidenceOnDisk(directory)
  expect(integrity).toBe('ok')
  expect(ids.filter((id) => !intact(directory, rows).includes(id))).toEqual([])
  expect(rows.map((row) => row.sourceKey)).toEqual(rows.map((_, n) => `test:${n}`))
  expect(filesBelow(images)).toHaveLength(rows.length)
  expect(filesBelow(join(directory, 'quarantine'))).toHaveLength(quarantined + sweep.quarantined)
  const parts = valueOf(await evidence.recent(rows.length))
  const unclosed = parts.filter((part) => part.receipt === null).map((part) => part.sourceKey)
  expect(unclosed.filter((key) => closed.includes(key))).toEqual([])
  expect(sweep.unclosed).toBe(unclosed.length)
  expect(ids.length).toBeGreaterThanOrEqual(moments.reduce((sum, { parts }) => sum + parts, 0))
}, 120_000)
