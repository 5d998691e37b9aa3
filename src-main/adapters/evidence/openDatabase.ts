import Database from 'better-sqlite3'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { applicationId, migrate } from './migrations.ts'
import type { StoreLayout } from './storeLayout.ts'

export type PragmaValues = Readonly<Record<string, string | number>>

export interface OpenDatabase {
  readonly database: Database.Database
  readonly sqliteVersion: string
  /** As read back, and what `quick_check` said. */
  readonly pragmas: PragmaValues
}

/** Earlier ones can corrupt a database in WAL mode (sqlite.org/wal.html, "the WAL-reset bug"). */
const oldestSqlite = [3, 51, 3]

export const walBytesAlarm = 64 * 1024 * 1024

/** Values as SQLite reads them back. better-sqlite3 is compiled so that WAL alone would mean synchronous=NORMAL, which lost 300 of 300 rows. */
const wantedPragmas = {
  busy_timeout: 5000,
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  journal_size_limit: walBytesAlarm,
} as const

/** A whole check reads the whole file, and the line waits for it; larger databases are checked as they are read. */
const bytesCheckedAtStart = 256 * 1024 * 1024

/**
 * Opens the database of a data directory, creating it only where there is no evidence at all. Faults: evidence/notDurable (SQLite
 * too old, or a pragma that did not take), evidence/integrity (lost, damaged, or somebody else's database), evidence/unavailable
 * (written by a newer version). A damaged database is neither repaired nor replaced. Throws SQLite's and the disk's errors.
 */
export function openDatabase(layout: StoreLayout): Result<OpenDatabase> {
  const lost = lostDatabase(layout)
  if (lost !== undefined) return fail(fault('evidence/integrity', lost))
  const database = new Database(layout.database)
  try {
    const opened = prepareDatabase(database, sizeOf(layout.database))
    if (!opened.ok) database.close()
    return opened
  } catch (error) {
    database.close()
    throw error
  }
}

function prepareDatabase(database: Database.Database, bytes: number): Result<OpenDatabase> {
  const sqliteVersion = database.prepare<[], string>('SELECT sqlite_version()').pluck().get()!
  const trusted = refuseOldSqlite(sqliteVersion)
  if (!trusted.ok) return trusted
  const stranger = identify(database)
  if (stranger !== undefined) return fail(fault('evidence/integrity', stranger))
  const pragmas = setPragmas(database)
  if (!pragmas.ok) return pragmas
  const isChecked = bytes <= bytesCheckedAtStart
  const check = isChecked ? String(database.pragma('quick_check(1)', { simple: true })) : `not run over ${bytes} bytes`
  if (isChecked && check !== 'ok') return fail(fault('evidence/integrity', `quick_check: ${check}`))
  const migrated = migrate(database)
  if (!migrated.ok) return migrated
  const found = { application_id: applicationId, user_version: migrated.value, quick_check: check }
  return succeed({ database, sqliteVersion, pragmas: { ...pragmas.value, ...found } })
}

/** evidence/notDurable for a version below the oldest that is safe. */
export function refuseOldSqlite(version: string): Result<void> {
  const parts = version.split('.').map(Number)
  const differing = oldestSqlite.findIndex((oldest, i) => parts[i] !== oldest)
  const isOld = differing >= 0 && (parts[differing] ?? 0) < oldestSqlite[differing]!
  return isOld ? fail(fault('evidence/notDurable', `SQLite ${version} is older than ${oldestSqlite.join('.')}`)) : succeed(undefined)
}

/** Sets each pragma and reads it back; evidence/notDurable when one did not take. */
export function setPragmas(database: Pick<Database.Database, 'pragma'>): Result<PragmaValues> {
  const readBack: Record<string, string | number> = {}
  for (const [name, wanted] of Object.entries(wantedPragmas)) {
    database.pragma(`${name} = ${wanted}`)
    const found = database.pragma(name, { simple: true }) as string | number
    if (found !== wanted) return fail(fault('evidence/notDurable', `${name} is ${found} after it was set to ${wanted}`))
    readBack[name] = found
  }
  return succeed(readBack)
}

/** A new database carries no mark and no table yet; any other must carry ours. */
function identify(database: Database.Database): string | undefined {
  const mark = database.pragma('application_id', { simple: true })
  if (mark === applicationId) return undefined
  const tables = database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get()
  return mark === 0 && tables === 0 ? undefined : 'this is the database of another program'
}

/** An empty database beside images would look like a new station and hide that the records are gone. */
function lostDatabase(layout: StoreLayout): string | undefined {
  if (sizeOf(layout.database) > 0) return undefined
  if (sizeOf(layout.writeAheadLog) > 0) return 'the database file is gone, its write-ahead log is still there'
  return existsSync(layout.images) && readdirSync(layout.images).length > 0 ? 'the database file is gone, images are still there' : undefined
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
