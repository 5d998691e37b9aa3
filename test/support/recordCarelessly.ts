import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { someImage, someInspection } from './someInspection.ts'

/**
 * What most programs do, as the control of the power cut: WAL with synchronous=NORMAL, files renamed into place, nothing synced.
 * `node recordCarelessly.ts DIRECTORY IMAGE_BYTES`; the same promises on stdout as recordParts.
 */
const [directory, imageBytes] = process.argv.slice(2)
mkdirSync(join(directory!, 'images'), { recursive: true })
const database = new Database(join(directory!, 'evidence.sqlite'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = NORMAL')
database.exec('CREATE TABLE inspections (entry INTEGER PRIMARY KEY, result_id TEXT, source_key TEXT, image_sha256 TEXT, image_file TEXT)')
const insert = database.prepare('INSERT INTO inspections (result_id, source_key, image_sha256, image_file) VALUES (?, ?, ?, ?)')
try {
  for (let n = 0; n < 10_000; n++) {
    const { bytes } = someImage(n, Number(imageBytes))
    const { resultId, sourceKey } = someInspection(n)
    const file = `images/${resultId}.jpg`
    writeFileSync(join(directory!, `${file}.tmp`), bytes)
    renameSync(join(directory!, `${file}.tmp`), join(directory!, file))
    insert.run(resultId, sourceKey, createHash('sha256').update(bytes).digest('hex'), file)
    process.stdout.write(`recorded ${n} ${resultId}\n`)
  }
} catch (error) {
  process.stdout.write(`fault ${String(error)}\n`)
}
