import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { imageStore, type StoredImage } from '../../src-main/adapters/evidence/imageStore.ts'
import { inspectionStore } from '../../src-main/adapters/evidence/inspectionStore.ts'
import { openDatabase } from '../../src-main/adapters/evidence/openDatabase.ts'
import { recordInspection } from '../../src-main/adapters/evidence/recordInspection.ts'
import { attempt } from '../../src-main/adapters/evidence/storageFault.ts'
import { storeLayout } from '../../src-main/adapters/evidence/storeLayout.ts'
import { succeed } from '../../src-main/domain/result.ts'
import type { EvidencePort } from '../../src-main/ports/evidence.ts'
import { canonicalJson } from '../../src-main/records/canonicalJson.ts'
import { codeOf, smallLimits, testEvidence, valueOf } from '../support/evidence.ts'
import { evidenceOnDisk } from '../support/evidenceOnDisk.ts'
import { smallFilesystem, whyNot } from '../support/loopFilesystem.ts'
import { someImage, someInspection, someReceipt } from '../support/someInspection.ts'

const reason = whyNot(() => smallFilesystem(4))
if (reason !== undefined) console.warn(`FULL DISK NOT REHEARSED: ${reason}`)

describe.skipIf(reason !== undefined)('a disk that fills up', () => {
  let disk: ReturnType<typeof smallFilesystem>
  let evidence: EvidencePort
  const others = (): string => join(disk.path, 'others')
  const record = (n: number) => evidence.record(someInspection(n), someImage(n, 100_000))
  /** Another program takes every byte that is left, or all but `sparedBytes`. */
  const fill = (sparedBytes = 0): void => {
    const { bavail, bsize } = statfsSync(disk.path)
    writeFileSync(others(), Buffer.alloc(bavail * bsize - sparedBytes, 'x'))
  }

  beforeEach(async () => {
    disk = smallFilesystem(16)
    evidence = testEvidence(join(disk.path, 'data'))
    valueOf(await evidence.open())
  })
  afterEach(async () => {
    await evidence.shutDown()
    disk.remove()
  })

  it('refuses the next part at the floor, says so in its health, and goes on when there is room again', async () => {
    let recorded = 0
    while ((await record(recorded)).ok) recorded += 1
    const refused = await record(recorded)
    expect(codeOf(refused)).toBe('evidence/diskFull')
    expect(refused).toMatchObject({ fault: { limit: smallLimits.freeBytesFloor } })
    expect(recorded).toBeGreaterThan(50)
    const { bavail, bsize } = statfsSync(disk.path)
    expect(bavail * bsize).toBeGreaterThanOrEqual(smallLimits.freeBytesFloor)
    expect(valueOf(await evidence.totals()).inspections).toBe(recorded)
    expect(evidence.health().status).toBe('failure')
    for (const { frame } of valueOf(await evidence.recent(6))) rmSync(join(disk.path, 'data', frame!.image.file))
    expect(codeOf(await record(recorded))).toBe('none')
    expect(evidence.health().status).toBe('ok')
  })

  it('still takes receipts, audit entries and documents when others have taken the last byte, at the price of the ballast', async () => {
    const { resultId } = valueOf(await record(1))
    expect(statSync(join(disk.path, 'data/ballast')).size).toBe(smallLimits.ballastBytes)
    fill()
    expect(codeOf(await record(2))).toBe('evidence/diskFull')
    expect(evidence.health().status).toBe('failure')
    expect(codeOf(await evidence.saveDocument('station', { mode: 'stopped', note: 'x'.repeat(20_000) }))).toBe('none')
    expect(codeOf(await evidence.close(resultId, someReceipt()))).toBe('none')
    expect(codeOf(await evidence.audit({ who: 'station', what: 'disk.full' }))).toBe('none')
    expect(statSync(join(disk.path, 'data/ballast'), { throwIfNoEntry: false })).toBeUndefined()
    expect(codeOf(await record(2))).toBe('evidence/diskFull')
    rmSync(others())
    expect(codeOf(await record(2))).toBe('none')
    expect(statSync(join(disk.path, 'data/ballast')).size).toBe(smallLimits.ballastBytes)
    expect(evidence.health().status).toBe('ok')
  })

  it('leaves nothing half behind when another program takes the room between the look and the write', async () => {
    await evidence.shutDown()
    const directory = join(disk.path, 'data')
    const { database } = valueOf(openDatabase(storeLayout(directory)))
    const images = imageStore(directory)
    const placed: string[] = []
    const shelves = {
      disk: { claim: () => succeed(undefined) },
      images: { ...images, place: (image: StoredImage, bytes: Uint8Array) => { images.place(image, bytes); placed.push(image.file) } },
      inspections: inspectionStore(database, canonicalJson),
    }
    const answers: string[] = []
    for (let n = 0; n < 60; n++) {
      fill(90_000 + n * 1000)
      answers.push(codeOf(attempt(() => recordInspection(shelves, someInspection(n, { recipeName: 'x'.repeat(20_000) }), someImage(n, 100_000)))))
      rmSync(others())
    }
    database.close()
    const recorded = answers.filter((answer) => answer === 'none').length
    expect(new Set(answers)).toEqual(new Set(['none', 'evidence/diskFull']))
    expect(placed.length, 'the room has to end after an image, too').toBeGreaterThan(recorded)
    const { rows, integrity, files } = evidenceOnDisk(directory)
    expect(integrity).toBe('ok')
    expect(rows).toHaveLength(recorded)
    expect(files).toHaveLength(recorded)
  })
})
