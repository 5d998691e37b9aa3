import type { Database } from 'better-sqlite3'
import { fault } from '../../domain/fault.ts'
import type { InspectionId } from '../../domain/ids.ts'
import type { ClosedInspection, Inspection, OutputReceipt } from '../../domain/inspection.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { Outcome } from '../../domain/verdict.ts'
import type { RecentFilter } from '../../ports/evidence.ts'
import { readInspection, storeInspection } from './inspectionText.ts'
import type { CanonicalJson } from './storeTools.ts'

interface Row {
  readonly record: string
  readonly receipt: string | null
}

/** The table of inspections: rows are added, their receipt is written once, and nothing else ever changes. */
export function inspectionStore(database: Database, canonicalJson: CanonicalJson) {
  const insert = database.prepare(`INSERT INTO inspections
    (result_id, part_id, sequence, source_key, wall_time, outcome, disposition, fault_code, is_simulated, recipe, image_sha256, image_file, image_bytes, trigger_number, is_challenge, record)
    VALUES ($resultId, $partId, $sequence, $sourceKey, $wallTime, $outcome, $disposition, $faultCode, $isSimulated, $recipe, $sha256, $file, $bytes, $triggerNumber, $isChallenge, $record)`)
  const twin = database.prepare<[string, string], string>('SELECT source_key FROM inspections WHERE source_key = ? OR result_id = ?').pluck()
  const byId = database.prepare<[string], Row>('SELECT record, receipt FROM inspections WHERE result_id = ?')
  const newest = database.prepare<[number], Row>('SELECT record, receipt FROM inspections ORDER BY entry DESC LIMIT ?')
  const newestOf = database.prepare<[Outcome, number], Row>('SELECT record, receipt FROM inspections WHERE outcome = ? ORDER BY entry DESC LIMIT ?')
  const newestChallenges = database.prepare<[number], Row>('SELECT record, receipt FROM inspections WHERE is_challenge = 1 ORDER BY entry DESC LIMIT ?')
  const writeReceipt = database.prepare<[string, string]>('UPDATE inspections SET receipt = ? WHERE result_id = ?')
  const keysAmong = database.prepare<[string], string>('SELECT source_key FROM inspections WHERE source_key IN (SELECT value FROM json_each(?))').pluck()

  const find = (id: InspectionId): Result<ClosedInspection> => {
    const row = byId.get(id)
    return row ? succeed(readRow(row)) : fail(fault('request/notFound', `there is no inspection ${id}`))
  }

  return {
    find,

    refuseTwin({ sourceKey, resultId }: Inspection): Result<void> {
      const found = twin.get(sourceKey, resultId)
      return found === undefined ? succeed(undefined) : fail(fault('evidence/duplicate', `${found} has a record already`))
    },

    /** One transaction, durable when it returns (synchronous=FULL). */
    add(inspection: Inspection): ClosedInspection {
      insert.run({ ...columnsOf(inspection), record: canonicalJson(storeInspection(inspection)) })
      return { ...inspection, receipt: null }
    },

    /** The same receipt again is no trouble, another one is evidence/integrity. */
    close(id: InspectionId, receipt: OutputReceipt): Result<ClosedInspection> {
      const row = byId.get(id)
      if (!row) return find(id)
      const text = canonicalJson(receipt)
      if (row.receipt !== null && row.receipt !== text) return fail(fault('evidence/integrity', `inspection ${id} has another receipt already`))
      if (row.receipt === null) writeReceipt.run(text, id)
      return succeed(readRow({ ...row, receipt: text }))
    },

    recent(limit: number, filter: RecentFilter): readonly ClosedInspection[] {
      if ('isChallenge' in filter) return newestChallenges.all(limit).map(readRow)
      return (filter.outcome ? newestOf.all(filter.outcome, limit) : newest.all(limit)).map(readRow)
    },

    known(sourceKeys: readonly string[]): readonly string[] {
      const found = new Set(keysAmong.all(JSON.stringify(sourceKeys)))
      return sourceKeys.filter((key) => found.has(key))
    },
  }
}

const columnsOf = ({ resultId, partId, sequence, sourceKey, wallTime, outcome, disposition, fault: trouble, isSimulated, recipe, frame, line }: Inspection) => ({
  resultId,
  partId,
  sequence,
  sourceKey,
  wallTime,
  outcome,
  disposition,
  faultCode: trouble?.code ?? null,
  isSimulated: isSimulated ? 1 : 0,
  recipe,
  sha256: frame?.image.sha256 ?? null,
  file: frame?.image.file ?? null,
  bytes: frame?.image.bytes ?? null,
  triggerNumber: line?.triggerNumber ?? null,
  isChallenge: line?.isChallenge ? 1 : 0,
})

const readRow = ({ record, receipt }: Row): ClosedInspection => ({
  ...readInspection(record),
  receipt: receipt === null ? null : (JSON.parse(receipt) as OutputReceipt),
})
