import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../src-main/adapters/evidence/migrations.ts'
import { codeOf, testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { someImage, someInspection, someReceipt } from '../support/someInspection.ts'

/** What has been shipped. A change here breaks every station in the field: add a migration instead. */
const shipped = [
  '54e62b0c733dc9080844811a5513ea4dbeca65084b9b657977041dcfec73bcad',
  'ea3983b0e7b3887ac8fc568e502e38d75deb6ae3db5635438fa4b5c3a2d5e81b',
  '56a5bba20716a6f0a52a49e662fea0accf7b7fc0150e2f98f5bebde33c9b3720',
]

const stored = (version: number): string => fileURLToPath(new URL(`v${version}.sqlite`, import.meta.url))

describe('migrations', () => {
  it('are only ever added to, and each version has a stored database', () => {
    expect(migrations.map((sql) => createHash('sha256').update(sql).digest('hex'))).toEqual(shipped)
  })

  it.each(migrations.map((_, i) => i + 1))('a database written by version %i keeps its records, counters and audit trail, and takes more', async (version) => {
    const directory = testDirectory()
    copyFileSync(stored(version), join(directory, 'evidence.sqlite'))
    const evidence = testEvidence(directory)
    for (const n of [1, 2]) placeImage(directory, n)
    const report = valueOf(await evidence.open())
    expect(report.pragmas).toMatchObject({ user_version: migrations.length })
    expect(report.sweep).toEqual({ temporaryRemoved: 0, quarantined: 0, imagesMissing: 0, unclosed: 2 })
    expect(valueOf(await evidence.totals())).toMatchObject({ inspections: 3, passes: 1, fails: 1, faults: 1, rejects: 1, faultsByCode: { 'camera/timeout': 1 } })
    expect(valueOf(await evidence.recent(10)).map((part) => part.sequence)).toEqual([3, 2, 1])
    expect(valueOf(await evidence.scoreSeries())).toMatchObject([{ regionName: 'front', lastEntry: 2 }])
    const first = valueOf(await evidence.inspection(someInspection(1).resultId))
    expect(first).toEqual({ ...someInspection(1), frame: first.frame, receipt: someReceipt() })
    expect(codeOf(await evidence.image(first.resultId))).toBe('none')
    expect(codeOf(await evidence.record(someInspection(1, { resultId: someInspection(7).resultId }), someImage(1)))).toBe('evidence/duplicate')
    const challenge = someInspection(7, { line: { triggerNumber: 12, encoderCount: 4_096, isChallenge: true, edgeMs: 6_990 } })
    expect(valueOf(await evidence.recent(1, { isChallenge: true }))).toEqual([])
    expect(codeOf(await evidence.record(challenge, someImage(7)))).toBe('none')
    valueOf(await evidence.close(challenge.resultId, someReceipt({ output: 'reject', confirmedMs: 7_200.5 })))
    expect(valueOf(await evidence.recent(1, { isChallenge: true }))).toMatchObject([{ resultId: challenge.resultId, line: challenge.line, receipt: { confirmedMs: 7_200.5 } }])
    await evidence.shutDown()
    const database = new Database(join(directory, 'evidence.sqlite'), { readonly: true })
    expect(database.prepare('SELECT who, what FROM audit').all()).toEqual([{ who: 'engineer', what: 'recipe.activate' }])
    expect(database.prepare('SELECT sequence, trigger_number, is_challenge, acknowledged_ms, confirmed_ms FROM inspections WHERE sequence IN (1, 7) ORDER BY entry').raw().all())
      .toEqual([[1, null, 0, null, null], [7, 12, 1, null, 7_200.5]])
    database.close()
  })
})

function placeImage(directory: string, n: number): void {
  const file = join(directory, 'images/2026/07/01/10', `${someInspection(n).resultId}.jpg`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, someImage(n, 64).bytes)
}
