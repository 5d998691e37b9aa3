import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readPart } from './partPicture.ts'

/** One row, as far as the judge needs it. */
export interface RecordedPart {
  readonly resultId: string
  readonly partId: string
  readonly bootId: string
  readonly outcome: string | null
  readonly disposition: string
  readonly faultCode: string | null
  readonly monotonicMs: number
  /** Monotonic ms of the trigger's edge, as the station took it. */
  readonly edgeMs: number
  /** The part that the stored picture shows, 0 for an empty belt; null without a picture. */
  readonly pictured: number | null
  readonly hasReceipt: boolean
}

export interface Evidence {
  readonly records: readonly RecordedPart[]
  /** The store's own count, kept by its triggers. */
  readonly countedInspections: number
  readonly countedPasses: number
  /** Pictures without a row, and rows whose picture is missing or has other bytes than its hash says. */
  readonly strayPictures: readonly string[]
  readonly wrongPictures: readonly string[]
  readonly pictures: number
}

interface Row {
  readonly resultId: string
  readonly partId: string
  readonly outcome: string | null
  readonly disposition: string
  readonly faultCode: string | null
  readonly file: string | null
  readonly sha256: string | null
  readonly bootId: string
  readonly monotonicMs: number
  readonly edgeMs: number
  readonly hasReceipt: 0 | 1
}

const rowsOf = `SELECT result_id AS resultId, part_id AS partId, outcome, disposition, fault_code AS faultCode, image_file AS file, image_sha256 AS sha256,
  json_extract(record, '$.bootId') AS bootId, json_extract(record, '$.monotonicMs') AS monotonicMs,
  json_extract(record, '$.line.edgeMs') AS edgeMs, receipt IS NOT NULL AS hasReceipt FROM inspections ORDER BY entry`

/**
 * A station's evidence as it lies on the disk, read by Node's own SQLite and not through the store, so that the judge does not take the
 * store's word for it. Every picture is hashed and looked at. Throws the disk's errors; nobody writes meanwhile.
 */
export async function readEvidence(dataDir: string): Promise<Evidence> {
  // Only the judge needs it: other commands start without, and on a Node that was built without it.
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(join(dataDir, 'evidence.sqlite'), { readOnly: true })
  const stray = new Set(picturesBelow(dataDir, 'images'))
  const pictures = stray.size
  const wrongPictures: string[] = []
  const records: RecordedPart[] = []
  for (const row of database.prepare(rowsOf).iterate() as Iterable<Row & Record<string, unknown>>) {
    const pictured = row.file === null ? null : pictureIn(dataDir, row.file, row.sha256)
    if (row.file !== null && pictured === null) wrongPictures.push(row.file)
    if (row.file !== null) stray.delete(row.file)
    const { resultId, partId, bootId, outcome, disposition, faultCode, monotonicMs, edgeMs } = row
    records.push({ resultId, partId, bootId, outcome, disposition, faultCode, monotonicMs, edgeMs, pictured, hasReceipt: row.hasReceipt === 1 })
  }
  const totals = database.prepare('SELECT inspections, passes FROM totals').get() as { inspections: number; passes: number }
  database.close()
  return { records, countedInspections: totals.inspections, countedPasses: totals.passes, strayPictures: [...stray], wrongPictures, pictures }
}

function pictureIn(dataDir: string, file: string, sha256: string | null): number | null {
  const path = join(dataDir, file)
  if (!existsSync(path)) return null
  const bytes = readFileSync(path)
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? readPart({ bytes }).part : null
}

function* picturesBelow(root: string, directory: string): Generator<string> {
  if (!existsSync(join(root, directory))) return
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true }))
    if (entry.isDirectory()) yield* picturesBelow(root, posix.join(directory, entry.name))
    else yield posix.join(directory, entry.name)
}
