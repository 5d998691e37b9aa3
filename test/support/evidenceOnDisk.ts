import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface StoredRow {
  readonly resultId: string
  readonly sourceKey: string
  readonly sha256: string
  readonly file: string
}

/** What lies in a data directory, read without the store's own code. */
export function evidenceOnDisk(directory: string) {
  const database = new Database(join(directory, 'evidence.sqlite'), { readonly: true })
  try {
    const integrity = database.pragma('integrity_check', { simple: true })
    const rows = database.prepare<[], StoredRow>('SELECT result_id AS resultId, source_key AS sourceKey, image_sha256 AS sha256, image_file AS file FROM inspections ORDER BY entry').all()
    return { rows, integrity, files: filesBelow(join(directory, 'images')) }
  } finally {
    database.close()
  }
}

/** Result ids whose image lies there with the right hash. */
export const intact = (directory: string, rows: readonly StoredRow[]): readonly string[] =>
  rows.filter(({ file, sha256 }) => hashOf(join(directory, file)) === sha256).map((row) => row.resultId)

export const filesBelow = (directory: string): readonly string[] =>
  existsSync(directory) ? readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name) : []

const hashOf = (file: string): string | undefined =>
  existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined

/** What the next start has to clear up: images that no row names, and files half written elsewhere. */
export function leftOversIn(directory: string): number {
  const images = filesBelow(join(directory, 'images'))
  const halfWritten = filesBelow(directory).filter((name) => name.endsWith('.tmp') && !images.includes(name))
  return halfWritten.length + (images.length === 0 ? 0 : images.length - evidenceOnDisk(directory).rows.length)
}
