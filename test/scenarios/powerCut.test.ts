import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeOf, testEvidence, valueOf } from '../support/evidence.ts'
import { evidenceOnDisk, intact, leftOversIn } from '../support/evidenceOnDisk.ts'
import { loopFilesystem, whyNot, type TestFilesystem } from '../support/loopFilesystem.ts'
import { promised, startRecorder } from '../support/recorder.ts'
import { someImage, someInspection, someReceipt } from '../support/someInspection.ts'

const reason = whyNot(() => loopFilesystem(16))
if (reason !== undefined) console.warn(`POWER CUT NOT REHEARSED: ${reason}`)

const imageBytes = '20000'
const cuts = [1, 7, 20]

async function recordUntilCut(disk: TestFilesystem, program: Parameters<typeof startRecorder>[0], parts: number): Promise<readonly string[]> {
  const recorder = startRecorder(program, [join(disk.path, 'data'), imageBytes])
  await recorder.said(`recorded ${parts} `)
  // Only what was heard before the power went is a promise: the rehearsal lets programs run on for a moment, and a sync that is under way then can end well without having been one.
  const heard = promised(recorder.lines).map((part) => part.resultId)
  disk.cutPower()
  await recorder.kill()
  disk.mountAgain()
  return heard
}

describe.skipIf(reason !== undefined)('the power goes while parts are recorded', { timeout: 120_000 }, () => {
  it('without syncs records that were promised are lost, so this rehearsal proves something', async () => {
    const disk = loopFilesystem(96)
    try {
      const ids = await recordUntilCut(disk, 'recordCarelessly.ts', 20)
      const found = existsSync(join(disk.path, 'data/evidence.sqlite')) ? keptIn(join(disk.path, 'data')) : []
      expect(ids.length).toBeGreaterThanOrEqual(20)
      expect(ids.filter((id) => found.includes(id)).length).toBeLessThan(ids.length)
    } finally {
      disk.remove()
    }
  })

  it('every record that was promised is there, with its image, after one cut upon another', async () => {
    const disk = loopFilesystem(96)
    const data = join(disk.path, 'data')
    const ids: string[] = []
    let next = 0
    try {
      for (const parts of cuts) {
        const first = next
        ids.push(...(await recordUntilCut(disk, 'recordParts.ts', first + parts)))
        const { rows, integrity } = evidenceOnDisk(data)
        const leftOver = leftOversIn(data)
        expect(integrity).toBe('ok')
        const kept = intact(data, rows)
        expect(ids.filter((id) => !kept.includes(id))).toEqual([])
        expect(rows.map((row) => row.sourceKey)).toEqual(rows.map((_, n) => `test:${n}`))
        const evidence = testEvidence(data)
        const { sweep } = valueOf(await evidence.open())
        expect(sweep.imagesMissing).toBe(0)
        expect(sweep.quarantined + sweep.temporaryRemoved).toBe(leftOver)
        await evidence.shutDown()
        next = rows.length
      }
    } finally {
      disk.remove()
    }
    expect(ids.length).toBeGreaterThanOrEqual(cuts.reduce((sum, parts) => sum + parts))
  })

  it('a disk that dies under a running station is evidence/unavailable; once mounted again it is opened and goes on', async () => {
    const disk = loopFilesystem(96)
    const evidence = testEvidence(join(disk.path, 'data'))
    try {
      valueOf(await evidence.open())
      const { resultId } = valueOf(await evidence.record(someInspection(0), someImage(0)))
      disk.cutPower()
      expect(codeOf(await evidence.record(someInspection(1), someImage(1)))).toBe('evidence/unavailable')
      expect(codeOf(await evidence.close(resultId, someReceipt()))).toBe('evidence/unavailable')
      expect(codeOf(await evidence.saveDocument('station', {}))).toBe('evidence/unavailable')
      expect(evidence.health().status).toBe('failure')
      await evidence.shutDown()
      disk.mountAgain()
      expect(valueOf(await evidence.open()).sweep).toMatchObject({ imagesMissing: 0, unclosed: 1 })
      expect(codeOf(await evidence.record(someInspection(1), someImage(1)))).toBe('none')
      expect(codeOf(await evidence.close(resultId, someReceipt()))).toBe('none')
      expect(evidence.health().status).toBe('ok')
    } finally {
      await evidence.shutDown()
      disk.remove()
    }
  })

  it('a document that was saved is there although nothing was synced after it', async () => {
    const disk = loopFilesystem(96)
    const data = join(disk.path, 'data')
    try {
      for (const parts of [1, 2]) {
        const recorder = startRecorder('recordParts.ts', [data, imageBytes, String(parts)])
        await recorder.said(`saved ${parts - 1}`)
        disk.cutPower()
        await recorder.kill()
        disk.mountAgain()
        const evidence = testEvidence(data)
        valueOf(await evidence.open())
        expect(valueOf(await evidence.loadDocument('progress'))).toEqual({ latest: parts - 1 })
        await evidence.shutDown()
      }
    } finally {
      disk.remove()
    }
  })
})

/** A control's database may be damaged beyond reading: then nothing of it was kept. */
function keptIn(directory: string): readonly string[] {
  try {
    return intact(directory, evidenceOnDisk(directory).rows)
  } catch {
    return []
  }
}
