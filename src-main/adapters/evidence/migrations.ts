import type { Database } from 'better-sqlite3'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { inspectionsAndAudit } from './migrations/001-inspectionsAndAudit.ts'
import { scores } from './migrations/002-scores.ts'
import { lineChain } from './migrations/003-lineChain.ts'

/** "STM1" in the database's header, so that `file` and we ourselves can tell whose it is. */
export const applicationId = 0x53_54_4d_31

/** Append only: the place in the list is the schema's version, and what has been shipped is never edited. */
export const migrations: readonly string[] = [inspectionsAndAudit, scores, lineChain]

/** Brings the schema up to date, one transaction a step; answers its version. A database of a newer program is left alone. */
export function migrate(database: Database): Result<number> {
  const found = database.pragma('user_version', { simple: true }) as number
  if (found > migrations.length)
    return fail(fault('evidence/unavailable', 'a newer version of this program wrote the database', { measured: found, limit: migrations.length }))
  for (let version = found + 1; version <= migrations.length; version++)
    database.transaction(() => {
      database.exec(migrations[version - 1]!)
      database.pragma(`application_id = ${applicationId}`)
      database.pragma(`user_version = ${version}`)
    })()
  return succeed(migrations.length)
}
