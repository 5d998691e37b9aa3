import type { Database } from 'better-sqlite3'
import type { AuditEntry } from '../../ports/evidence.ts'
import type { StoreTools } from './storeTools.ts'

/** Who did what, when and why (21 CFR 11.10(e)). Triggers abort every change and deletion. */
export function auditTrail(database: Database, { clock, canonicalJson }: StoreTools) {
  const insert = database.prepare('INSERT INTO audit (wall_time, who, what, why, before, after) VALUES (?, ?, ?, ?, ?, ?)')
  const textOf = (value: unknown): string | null => (value === undefined ? null : canonicalJson(value))
  return {
    add({ who, what, why, before, after }: AuditEntry): void {
      insert.run(clock.wallTime(), who, what, why ?? null, textOf(before), textOf(after))
    },
  }
}
