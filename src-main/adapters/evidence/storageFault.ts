import { fault, type Fault } from '../../domain/fault.ts'
import { fail, type Result } from '../../domain/result.ts'

const noRoom = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']
const damaged = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT']
const unreachable = ['SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_NOMEM', 'SQLITE_PERM', 'SQLITE_AUTH', 'SQLITE_NOLFS']

/**
 * Trouble of the disk as a Fault: evidence/diskFull, evidence/integrity or evidence/unavailable. Undefined for everything that is
 * a bug. SQLite's codes come extended (SQLITE_IOERR_FSYNC); an error with a `syscall` is the operating system's.
 */
export function storageFault(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isOneOf = (codes: readonly string[]): boolean => codes.some((known) => code.startsWith(known))
  const detail = `${code} ${error.message}`
  if (isOneOf(noRoom)) return fault('evidence/diskFull', detail)
  if (isOneOf(damaged)) return fault('evidence/integrity', detail)
  if (isOneOf(unreachable) || 'syscall' in error) return fault('evidence/unavailable', detail)
  return undefined
}

/** Runs what touches the disk; expected trouble comes back as a value, bugs go on as exceptions. */
export function attempt<T>(work: () => Result<T>): Result<T> {
  try {
    return work()
  } catch (error) {
    const trouble = storageFault(error)
    if (trouble) return fail(trouble)
    throw error
  }
}
