import type { Database } from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { EvidenceReport } from '../../ports/evidence.ts'
import { temporaryEnding } from './durableFile.ts'
import type { StoreLayout } from './storeLayout.ts'

interface ImageRow {
  readonly entry: number
  readonly file: string
  readonly isMissing: 0 | 1
}

/**
 * Puts in order what a crash left: temporary files go, images without a row move to quarantine/<time of start>/<their path>, rows
 * without their image are flagged (and unflagged when it is back). Nothing else is touched. Compares one directory at a time, so
 * memory does not grow with the buffer. `imagesMissing` and `unclosed` count what is so now, whenever it happened.
 */
export function bootSweep(database: Database, layout: StoreLayout, wallTime: string): EvidenceReport['sweep'] {
  const rowsIn = database.prepare<[string, string], ImageRow>(
    'SELECT entry, image_file AS file, image_missing AS isMissing FROM inspections WHERE image_file >= ? AND image_file < ?',
  )
  const flag = database.prepare<[number, number]>('UPDATE inspections SET image_missing = ? WHERE entry = ?')
  const quarantine = join(layout.quarantine, wallTime.replaceAll(':', '-'))
  const recorded = new Set(directoriesOfRows(database))
  const sweep = { temporaryRemoved: removeLooseTemporaries(layout), quarantined: 0, imagesMissing: 0 }

  const compare = (directory: string, files: readonly string[]): void => {
    const onDisk = new Set(files)
    const rows = recorded.delete(directory) ? rowsIn.all(`${directory}/`, endOf(directory)) : []
    for (const { entry, file, isMissing } of rows) {
      const isMissingNow = onDisk.delete(posix.basename(file)) ? 0 : 1
      sweep.imagesMissing += isMissingNow
      if (isMissingNow !== isMissing) flag.run(isMissingNow, entry)
    }
    for (const name of onDisk)
      if (name.endsWith(temporaryEnding)) {
        rmSync(join(layout.directory, directory, name))
        sweep.temporaryRemoved += 1
      } else {
        moveTo(join(quarantine, directory, name), join(layout.directory, directory, name))
        sweep.quarantined += 1
      }
  }

  database.transaction(() => {
    if (existsSync(layout.images)) for (const { directory, files } of directoriesBelow(layout.directory, 'images')) compare(directory, files)
    for (const directory of recorded) compare(directory, [])
  })()
  const unclosed = database.prepare<[], number>('SELECT count(*) FROM inspections WHERE receipt IS NULL').pluck().get()!
  return { ...sweep, unclosed }
}

/** Steps from directory to directory through the index, without reading the rows in between. */
function* directoriesOfRows(database: Database): Generator<string> {
  const firstFrom = database.prepare<[string], string>('SELECT image_file FROM inspections WHERE image_file >= ? ORDER BY image_file LIMIT 1').pluck()
  for (let file = firstFrom.get(''); file !== undefined; file = firstFrom.get(endOf(posix.dirname(file)))) yield posix.dirname(file)
}

/** Just after every path in the directory: '0' is the character after '/'. */
const endOf = (directory: string): string => `${directory}0`

function* directoriesBelow(root: string, directory: string): Generator<{ directory: string; files: string[] }> {
  const entries = readdirSync(join(root, directory), { withFileTypes: true })
  yield { directory, files: entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name) }
  for (const entry of entries) if (entry.isDirectory()) yield* directoriesBelow(root, `${directory}/${entry.name}`)
}

function removeLooseTemporaries(layout: StoreLayout): number {
  let removed = 0
  for (const directory of [layout.directory, layout.documents, layout.recipe, layout.model, layout.baseline, layout.patches, layout.report])
    for (const name of existsSync(directory) ? readdirSync(directory) : [])
      if (name.endsWith(temporaryEnding)) {
        rmSync(join(directory, name))
        removed += 1
      }
  return removed
}

function moveTo(target: string, file: string): void {
  mkdirSync(dirname(target), { recursive: true })
  renameSync(file, target)
}
