import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fault } from '../../domain/fault.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

export const sha256Of = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256

/** A file's bytes, undefined where it is not there, evidence/integrity where its hash is another than it should be. */
export function readNamed(file: string, sha256: Sha256): Result<Uint8Array> | undefined {
  const bytes = readIfThere(file)
  if (!bytes) return undefined
  const found = sha256Of(bytes)
  return found === sha256 ? succeed(bytes) : fail(fault('evidence/integrity', `${file} has the hash ${found} instead of ${sha256}`))
}

export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
