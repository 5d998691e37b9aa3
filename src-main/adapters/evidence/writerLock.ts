import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { StoreLayout } from './storeLayout.ts'

export interface WriterLock {
  release(): void
}

/** Long enough for the kernel to clear up after a writer that has just died. */
const patienceMs = 1000

/**
 * One writer per data directory, whoever asks: another process or another thread of this one gets evidence/unavailable with the
 * holder's process id. The lock is SQLite's own exclusive lock on an empty database, so it ends with its holder, even after
 * kill -9, and a process id that was given out again cannot fool it. The id lies in a file beside it for the message only: opening
 * the locked file to read it would drop the lock (sqlite.org/howtocorrupt.html, 2.2).
 */
export function takeWriterLock(layout: StoreLayout): Result<WriterLock> {
  const lock = new Database(layout.lock, { timeout: patienceMs })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error
    return fail(fault('evidence/unavailable', `process ${readFileSync(layout.lockHolder, 'utf8')} is already writing to ${layout.directory}`))
  }
  writeFileSync(layout.lockHolder, String(process.pid))
  return succeed({ release: () => { lock.close() } })
}
