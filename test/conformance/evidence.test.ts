import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { InspectionId, Sha256 } from '../../src-main/domain/ids.ts'
import type { Inspection } from '../../src-main/domain/inspection.ts'
import type { EvidencePort } from '../../src-main/ports/evidence.ts'
import { codeOf, testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { someImage, someInspection, someReceipt } from '../support/someInspection.ts'

const sha256 = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256
const noFrame = (n: number): Inspection =>
  someInspection(n, { frame: null, readings: [], outcome: null, disposition: 'hold', fault: { code: 'camera/timeout', detail: 'nothing came', measured: 2000, limit: 2000 } })

let directory: string
let evidence: EvidencePort
beforeEach(async () => {
  directory = testDirectory()
  evidence = testEvidence(directory)
  valueOf(await evidence.open())
})

const reopen = async () => {
  await evidence.shutDown()
  return valueOf(await evidence.open())
}

describe('opening', () => {
  it('answers with durable pragmas as they were read back', async () => {
    const report = await reopen()
    expect(report.pragmas).toMatchObject({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1, trusted_schema: 0, cell_size_check: 1, busy_timeout: 5000, quick_check: 'ok' })
    expect(report.sqliteVersion).toMatch(/^3\.(5[1-9]|[6-9]\d)\./)
    expect(report.freeBytes).toBeGreaterThan(0)
    expect(report.sweep).toEqual({ temporaryRemoved: 0, quarantined: 0, imagesMissing: 0, unclosed: 0 })
  })

  it('says evidence/unavailable to every call before it and after shutDown', async () => {
    await evidence.shutDown()
    expect(codeOf(await evidence.totals())).toBe('evidence/unavailable')
    expect(codeOf(await evidence.record(someInspection(1), someImage(1)))).toBe('evidence/unavailable')
    expect(evidence.health().status).toBe('waiting')
  })
})

describe('recording', () => {
  it('fills in what the store knows of the image and keeps the bytes as they came', async () => {
    const image = someImage(1)
    const recorded = valueOf(await evidence.record(someInspection(1), image))
    const kept = recorded.frame!.image
    expect(kept).toEqual({ sha256: sha256(image.bytes), bytes: 4096, mediaType: 'image/jpeg', file: `images/2026/07/01/10/${recorded.resultId}.jpg` })
    expect(sha256(readFileSync(join(directory, kept.file)))).toBe(kept.sha256)
    const read = valueOf(await evidence.image(recorded.resultId))
    expect(sha256(read.bytes)).toBe(kept.sha256)
    expect(read.mediaType).toBe('image/jpeg')
  })

  it('gives back exactly what it was given, also after a restart', async () => {
    const inspection = someInspection(1, { truth: { isDefective: true, defects: ['scratch'] } })
    const recorded = valueOf(await evidence.record(inspection, someImage(1)))
    expect(recorded).toEqual({ ...inspection, frame: recorded.frame, receipt: null })
    await reopen()
    const read = valueOf(await evidence.inspection(inspection.resultId))
    expect(read).toEqual(recorded)
    expect(read.readings[0]!.heatmap.cells).toBeInstanceOf(Uint8Array)
  })

  it('keeps embeddings that float32 cannot hold', async () => {
    const [reading] = someInspection(1).readings
    const inspection = someInspection(1, { readings: [{ ...reading!, embedding: [0.1, Math.PI] }] })
    valueOf(await evidence.record(inspection, someImage(1)))
    expect(valueOf(await evidence.inspection(inspection.resultId)).readings[0]!.embedding).toEqual([0.1, Math.PI])
  })

  it('records a part without a frame', async () => {
    const recorded = valueOf(await evidence.record(noFrame(1), null))
    expect(valueOf(await evidence.inspection(recorded.resultId))).toEqual({ ...noFrame(1), receipt: null })
    expect(codeOf(await evidence.image(recorded.resultId))).toBe('request/notFound')
  })

  it('keeps a file that nobody could read, whatever is in it', async () => {
    const unreadable = someInspection(1, { readings: [], outcome: null, disposition: 'hold', fault: { code: 'frame/empty', detail: '0 bytes' } })
    const recorded = valueOf(await evidence.record(unreadable, { bytes: new Uint8Array(0), mediaType: 'image/png' }))
    expect(recorded.frame!.image).toMatchObject({ bytes: 0, sha256: sha256(new Uint8Array(0)) })
    expect(statSync(join(directory, recorded.frame!.image.file)).size).toBe(0)
  })

  it('treats a frame without bytes, and bytes without a frame, as a bug', async () => {
    await expect(evidence.record(someInspection(1), null)).rejects.toThrow(/come together/)
    await expect(evidence.record(noFrame(2), someImage(2))).rejects.toThrow(/come together/)
    expect(valueOf(await evidence.totals()).inspections).toBe(0)
  })

  it('refuses an image whose hash was already known to be another one', async () => {
    const { frame } = someInspection(1)
    const claimed = (hash: Sha256): Inspection => someInspection(1, { frame: { ...frame!, image: { ...frame!.image, sha256: hash } } })
    expect(codeOf(await evidence.record(claimed('c'.repeat(64) as Sha256), someImage(1)))).toBe('evidence/integrity')
    expect(valueOf(await evidence.totals()).inspections).toBe(0)
    valueOf(await evidence.record(claimed(sha256(someImage(1).bytes)), someImage(1)))
  })

  it('records each source key once and leaves the first record untouched', async () => {
    const first = valueOf(await evidence.record(someInspection(1), someImage(1)))
    const again = someInspection(2, { sourceKey: first.sourceKey, outcome: 'fail' })
    expect(codeOf(await evidence.record(again, someImage(2)))).toBe('evidence/duplicate')
    const sameId = someInspection(3, { resultId: first.resultId })
    expect(codeOf(await evidence.record(sameId, someImage(3)))).toBe('evidence/duplicate')
    expect(valueOf(await evidence.recent(10))).toEqual([first])
    expect(valueOf(await evidence.image(first.resultId)).bytes).toEqual(someImage(1).bytes)
    expect(await reopen()).toMatchObject({ sweep: { quarantined: 0, imagesMissing: 0 } })
  })

  it('takes bytes from a shared buffer and a small view of a large one alike', async () => {
    const { bytes } = someImage(1)
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length + 100), 100)
    shared.set(bytes)
    const view = new Uint8Array(100_000).subarray(500, 500 + bytes.length)
    view.set(bytes)
    const a = valueOf(await evidence.record(someInspection(1), { bytes: shared, mediaType: 'image/jpeg' }))
    const b = valueOf(await evidence.record(someInspection(2), { bytes: view, mediaType: 'image/jpeg' }))
    expect([a, b].map((recorded) => recorded.frame!.image.sha256)).toEqual([sha256(bytes), sha256(bytes)])
    expect(view.length).toBe(bytes.length)
  })

  it('keeps the order of calls that were not waited for', async () => {
    const recorded = await Promise.all([1, 2, 3, 4, 5].map((n) => evidence.record(someInspection(n), someImage(n))))
    expect(recorded.map(codeOf)).toEqual(Array(5).fill('none'))
    expect(valueOf(await evidence.recent(10)).map((part) => part.sequence)).toEqual([5, 4, 3, 2, 1])
  })
})

describe('closing', () => {
  it('adds the receipt once, and takes the same one again', async () => {
    const { resultId } = valueOf(await evidence.record(someInspection(1), someImage(1)))
    expect((await reopen()).sweep.unclosed).toBe(1)
    expect(valueOf(await evidence.close(resultId, someReceipt())).receipt).toEqual(someReceipt())
    expect(codeOf(await evidence.close(resultId, someReceipt()))).toBe('none')
    expect(codeOf(await evidence.close(resultId, someReceipt({ coil: 4 })))).toBe('evidence/integrity')
    expect(valueOf(await evidence.inspection(resultId)).receipt).toEqual(someReceipt())
    expect((await reopen()).sweep.unclosed).toBe(0)
  })

  it('does not know an inspection that was never recorded', async () => {
    expect(codeOf(await evidence.close('nobody' as InspectionId, someReceipt()))).toBe('request/notFound')
    expect(codeOf(await evidence.inspection('nobody' as InspectionId))).toBe('request/notFound')
    expect(codeOf(await evidence.image('nobody' as InspectionId))).toBe('request/notFound')
  })
})

describe('looking back', () => {
  it('lists the newest first, by outcome where asked, whatever the wall clock did', async () => {
    await evidence.record(someInspection(1), someImage(1))
    await evidence.record(someInspection(2, { outcome: 'fail', wallTime: '2020-01-01T00:00:00.000Z' }), someImage(2))
    await evidence.record(someInspection(3), someImage(3))
    expect(valueOf(await evidence.recent(2)).map((part) => part.sequence)).toEqual([3, 2])
    expect(valueOf(await evidence.recent(10, { outcome: 'fail' })).map((part) => part.sequence)).toEqual([2])
    expect(valueOf(await evidence.recent(10, { outcome: 'unsure' }))).toEqual([])
  })

  it('knows which source keys have a record', async () => {
    await evidence.record(someInspection(1, { sourceKey: "folder:it's ü.png" }), someImage(1))
    expect(valueOf(await evidence.known(['test:9', "folder:it's ü.png"]))).toEqual(["folder:it's ü.png"])
    expect(valueOf(await evidence.known([]))).toEqual([])
    const many = Array.from({ length: 50_000 }, (_, i) => `test:${i}`)
    expect(valueOf(await evidence.known(many))).toEqual([])
  })

  it('counts parts, outcomes, faults and bytes, also after a restart', async () => {
    await evidence.record(someInspection(1), someImage(1))
    await evidence.record(someInspection(2, { outcome: 'fail', disposition: 'reject' }), someImage(2))
    await evidence.record(someInspection(3, { outcome: 'unsure', disposition: 'hold' }), someImage(3))
    await evidence.record(noFrame(4), null)
    await evidence.record(noFrame(5), null)
    await reopen()
    const totals = valueOf(await evidence.totals())
    expect(totals).toMatchObject({ inspections: 5, passes: 1, fails: 1, unsure: 1, faults: 2, rejects: 1, faultsByCode: { 'camera/timeout': 2 } })
    expect(totals.bytes).toBeGreaterThan(3 * 4096)
    expect(totals.freeBytes).toBeGreaterThan(0)
  })

  it('says nothing of the hours left before it has measured, and then what the last hour shows', async () => {
    expect(valueOf(await evidence.totals()).hoursLeft).toBeNull()
    const agoMinutes = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
    for (let n = 0; n < 30; n++) await evidence.record(someInspection(n, { wallTime: agoMinutes(30 - n) }), someImage(n))
    const { hoursLeft, bytes, freeBytes } = valueOf(await evidence.totals())
    const expected = freeBytes / ((bytes / 30) * 60)
    expect(hoursLeft! / expected).toBeGreaterThan(0.9)
    expect(hoursLeft! / expected).toBeLessThan(1.1)
  })
})

describe('immutable files', () => {
  it('are named by their hash and given back unchanged', async () => {
    for (const kind of ['recipe', 'model', 'baseline'] as const) {
      const { bytes } = someImage(kind.length, 1000)
      const name = valueOf(await evidence.keep(kind, bytes))
      expect(name).toBe(sha256(bytes))
      expect(valueOf(await evidence.keep(kind, bytes))).toBe(name)
      await reopen()
      expect(Uint8Array.from(valueOf(await evidence.fetch(kind, name)))).toEqual(bytes)
    }
  })

  it('that are not there, or are asked for by a path, are missing', async () => {
    const nobody = 'd'.repeat(64) as Sha256
    expect(codeOf(await evidence.fetch('recipe', nobody))).toBe('recipe/missing')
    expect(codeOf(await evidence.fetch('model', nobody))).toBe('model/missing')
    expect(codeOf(await evidence.fetch('baseline', nobody))).toBe('request/notFound')
    expect(codeOf(await evidence.fetch('recipe', '../evidence' as Sha256))).toBe('recipe/missing')
  })
})

describe('documents', () => {
  it('are replaced whole and survive a restart', async () => {
    expect(codeOf(await evidence.loadDocument('commissioning'))).toBe('request/notFound')
    valueOf(await evidence.saveDocument('commissioning', { step: 1, name: 'größe' }))
    valueOf(await evidence.saveDocument('commissioning', { step: 2 }))
    await reopen()
    expect(valueOf(await evidence.loadDocument('commissioning'))).toEqual({ step: 2 })
  })

  it('have names, never paths', async () => {
    await expect(evidence.saveDocument('../evil', {})).rejects.toThrow(/name of a document/)
  })
})

describe('health', () => {
  it('is ok with the free space once open', async () => {
    await evidence.totals()
    expect(evidence.health()).toMatchObject({ status: 'ok' })
    expect(evidence.health().detail).toMatch(/GB free/)
  })
})
