import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { sqliteEvidence, type SqliteEvidenceOptions } from '../../src-main/adapters/evidence/sqliteEvidence.ts'
import type { Result } from '../../src-main/domain/result.ts'
import type { EvidencePort } from '../../src-main/ports/evidence.ts'

export const evidenceThread = new URL('../../src-main/hosts/evidenceThread.ts', import.meta.url)

export const smallLimits = { freeBytesFloor: 1024 * 1024, ballastBytes: 1024 * 1024 }

const opened = new Set<EvidencePort>()
const directories = new Set<string>()

afterEach(async () => {
  for (const evidence of opened) await evidence.shutDown()
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
  opened.clear()
  directories.clear()
})

/** A new empty directory that goes with the test. */
export function testDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'evidence-'))
  directories.add(directory)
  return directory
}

/** The real store in its real thread, not yet open; shut down with the test. */
export function testEvidence(directory: string, options: Partial<SqliteEvidenceOptions> = {}): EvidencePort {
  const evidence = sqliteEvidence({ directory, thread: evidenceThread, limits: smallLimits, ...options })
  opened.add(evidence)
  return evidence
}

/** The value, or a failed test that names the Fault. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.detail}`)
  return result.value
}

/** The Fault's code; 'none' when there was none. */
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'none' : result.fault.code)
