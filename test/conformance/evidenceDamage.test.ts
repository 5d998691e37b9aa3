import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { refuseOldSqlite, setPragmas } from '../../src-main/adapters/evidence/openDatabase.ts'
import type { ClosedInspection } from '../../src-main/domain/inspection.ts'
import type { EvidencePort } from '../../src-main/ports/evidence.ts'
import { codeOf, testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { startRecorder } from '../support/recorder.ts'
import { someImage, someInspection, someReceipt } from '../support/someInspection.ts'

let directory: string
let evidence: EvidencePort
let parts: ClosedInspection[]
const database = (): string => join(directory, 'evidence.sqlite')
const fileOf = (part: ClosedInspection): string => join(directory, part.frame!.image.file)

/** A store with three parts, shut down in good order. */
beforeEach(async () => {
  directory = testDirectory()
  evidence = testEvidence(directory)
  valueOf(await evidence.open())
  parts = []
  for (const n of [0, 1, 2]) parts.push(valueOf(await evidence.record(someInspection(n), someImage(n))))
  await evidence.shutDown()
})

describe('a database that cannot be trusted is refused and left as it is', () => {
  it('when pages are overwritten', async () => {
    const bytes = readFileSync(database())
    bytes.fill(0xa5, 4096, 12_288)
    writeFileSync(database(), bytes)
    expect(codeOf(await evidence.open())).toBe('evidence/integrity')
    expect(evidence.health().status).toBe('failure')
    expect(readFileSync(database()).equals(bytes)).toBe(true)
    expect(readdirSync(join(directory, 'images'), { recursive: true }).filter((name) => String(name).endsWith('.jpg'))).toHaveLength(3)
  })

  it('when its header is gone', async () => {
    writeFileSync(database(), Buffer.alloc(8192, 'x'))
    expect(codeOf(await evidence.open())).toBe('evidence/integrity')
  })

  it('when it has vanished and images are still there', async () => {
    for (const remove of [() => { rmSync(database()) }, () => { writeFileSync(database(), '') }]) {
      remove()
      expect(codeOf(await evidence.open())).toBe('evidence/integrity')
    }
    expect(readFileSync(database()).length).toBe(0)
  })

  it('when only its write-ahead log is left', async () => {
    const other = join(testDirectory(), 'copy')
    mkdirSync(other)
    writeFileSync(join(other, 'evidence.sqlite-wal'), 'left over')
    expect(codeOf(await testEvidence(other).open())).toBe('evidence/integrity')
  })

  it('when it belongs to another program', async () => {
    const other = testDirectory()
    new Database(join(other, 'evidence.sqlite')).exec('CREATE TABLE bookmarks (url TEXT)').close()
    expect(codeOf(await testEvidence(other).open())).toBe('evidence/integrity')
  })

  it('when a newer version wrote it', async () => {
    const newer = new Database(database())
    newer.pragma('user_version = 999')
    newer.close()
    expect(codeOf(await evidence.open())).toBe('evidence/unavailable')
  })

  it('when SQLite is too old to be trusted with a write-ahead log', () => {
    for (const version of ['3.51.2', '3.9.9', '2.99.99']) expect(codeOf(refuseOldSqlite(version)), version).toBe('evidence/notDurable')
    for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0']) expect(codeOf(refuseOldSqlite(version)), version).toBe('none')
  })

  it('when a pragma does not take', () => {
    const liar = (name: string, value: number | string) => ({
      pragma: (source: string) => (source === name ? value : source.includes('=') ? undefined : readBack[source]),
    })
    const readBack: Record<string, number | string> = {
      busy_timeout: 5000, journal_mode: 'wal', synchronous: 2, foreign_keys: 1, recursive_triggers: 1, trusted_schema: 0, cell_size_check: 1, journal_size_limit: 67108864,
    }
    expect(codeOf(setPragmas(liar('none', 0)))).toBe('none')
    expect(codeOf(setPragmas(liar('synchronous', 1)))).toBe('evidence/notDurable')
    expect(codeOf(setPragmas(liar('journal_mode', 'delete')))).toBe('evidence/notDurable')
  })
})

describe('two writers', () => {
  it('in one process: the second is refused and the first goes on', async () => {
    valueOf(await evidence.open())
    const second = await testEvidence(directory).open()
    expect(codeOf(second)).toBe('evidence/unavailable')
    expect(!second.ok && second.fault.detail).toContain(`process ${process.pid} is already writing`)
    valueOf(await evidence.record(someInspection(4), someImage(4)))
  })

  it('in two processes: the second is refused until the first is gone, even by kill -9', async () => {
    const first = startRecorder('recordParts.ts', [directory, '1000'])
    await first.said('closed')
    expect(codeOf(await evidence.open())).toBe('evidence/unavailable')
    await first.kill()
    valueOf(await evidence.open())
  })
})

describe('files against rows', () => {
  it('temporary files go, images without a row go to quarantine, rows without image are flagged and counted', async () => {
    const [first, second] = parts as [ClosedInspection, ClosedInspection]
    const orphan = join(directory, 'images/2026/07/01/11/orphan.jpg')
    mkdirSync(join(directory, 'images/2026/07/01/11'))
    copyFileSync(fileOf(second), orphan)
    for (const name of [`${fileOf(second)}.tmp`, join(directory, 'ballast.tmp')]) writeFileSync(name, 'half')
    rmSync(fileOf(first))
    const { sweep } = valueOf(await evidence.open())
    expect(sweep).toEqual({ temporaryRemoved: 2, quarantined: 1, imagesMissing: 1, unclosed: 3 })
    expect(existsSync(orphan)).toBe(false)
    const quarantined = readdirSync(join(directory, 'quarantine'), { recursive: true }).map(String)
    expect(quarantined.filter((name) => name.endsWith('images/2026/07/01/11/orphan.jpg'))).toHaveLength(1)
    expect(codeOf(await evidence.inspection(first.resultId))).toBe('none')
    expect(codeOf(await evidence.image(first.resultId))).toBe('evidence/integrity')
    expect(evidence.health().status).toBe('outOfSpecification')
  })

  it('a whole directory that is missing is flagged, and unflagged when it is back', async () => {
    const away = join(directory, 'away')
    renameSync(join(directory, 'images'), away)
    expect(valueOf(await evidence.open()).sweep.imagesMissing).toBe(3)
    await evidence.shutDown()
    renameSync(away, join(directory, 'images'))
    expect(valueOf(await evidence.open()).sweep).toMatchObject({ imagesMissing: 0, quarantined: 0 })
    expect(codeOf(await evidence.image(parts[0]!.resultId))).toBe('none')
  })

  it('an image that was altered is evidence/integrity, never shown', async () => {
    writeFileSync(fileOf(parts[0]!), 'another picture')
    valueOf(await evidence.open())
    expect(codeOf(await evidence.image(parts[0]!.resultId))).toBe('evidence/integrity')
    expect(codeOf(await evidence.image(parts[1]!.resultId))).toBe('none')
  })

  it('a model that was altered is evidence/integrity until the right bytes are kept again', async () => {
    valueOf(await evidence.open())
    const { bytes } = someImage(1, 1000)
    const sha256 = valueOf(await evidence.keep('model', bytes))
    writeFileSync(join(directory, 'models', `${sha256}.onnx`), 'poison')
    expect(codeOf(await evidence.fetch('model', sha256))).toBe('evidence/integrity')
    valueOf(await evidence.keep('model', bytes))
    expect(codeOf(await evidence.fetch('model', sha256))).toBe('none')
  })

  it('a document that is no JSON is evidence/integrity', async () => {
    valueOf(await evidence.open())
    valueOf(await evidence.saveDocument('draft', { a: 1 }))
    writeFileSync(join(directory, 'documents/draft.json'), '{"a":')
    expect(codeOf(await evidence.loadDocument('draft'))).toBe('evidence/integrity')
  })
})

describe('what is written stays written', () => {
  it('a program with the database in its hands cannot change or delete a record or an audit entry', async () => {
    valueOf(await evidence.open())
    valueOf(await evidence.close(parts[0]!.resultId, someReceipt()))
    valueOf(await evidence.audit({ who: 'engineer', what: 'recipe.activate', why: 'new lot', before: null, after: { recipe: 'a' } }))
    const intruder = new Database(database())
    const columns = intruder.pragma('table_info(inspections)') as { name: string }[]
    for (const { name } of columns.filter((column) => column.name !== 'image_missing' && column.name !== 'receipt'))
      expect(() => intruder.exec(`UPDATE inspections SET ${name} = ${name}`), name).toThrow(/never changed/)
    expect(() => intruder.exec("UPDATE inspections SET receipt = '{}'")).toThrow(/written once/)
    expect(() => intruder.exec('UPDATE inspections SET receipt = NULL')).toThrow(/written once/)
    expect(() => intruder.exec('DELETE FROM inspections')).toThrow(/never deleted/)
    expect(() => intruder.exec("UPDATE audit SET who = 'nobody'")).toThrow(/append-only/)
    expect(() => intruder.exec('DELETE FROM audit')).toThrow(/append-only/)
    expect(intruder.prepare('SELECT who, what, why, before, after FROM audit').get()).toEqual({ who: 'engineer', what: 'recipe.activate', why: 'new lot', before: 'null', after: '{"recipe":"a"}' })
    intruder.close()
  })
})

describe('a thread that dies', () => {
  it('answers evidence/unavailable, also to the call in flight, and can be opened again', async () => {
    const dying = testEvidence(directory, { thread: new URL('../support/dyingEvidenceThread.ts', import.meta.url) })
    valueOf(await dying.open())
    expect(codeOf(await dying.totals())).toBe('evidence/unavailable')
    expect(codeOf(await dying.recent(1))).toBe('evidence/unavailable')
    expect(dying.health().status).toBe('failure')
    valueOf(await dying.open())
    expect(codeOf(await dying.record(someInspection(9), someImage(9)))).toBe('none')
    await dying.shutDown()
  })
})
