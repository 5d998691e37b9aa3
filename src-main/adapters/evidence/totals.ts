import type { Database } from 'better-sqlite3'
import type { EvidenceTotals } from '../../ports/evidence.ts'

type Counters = Pick<EvidenceTotals, 'inspections' | 'passes' | 'fails' | 'unsure' | 'faults' | 'rejects' | 'bytes'>

interface LastHour {
  readonly bytes: number
  readonly firstMinute: number | null
}

/** Nothing is said about the hours left from less than this. */
const leastMinutes = 1

/** What the triggers have counted, and how long the room lasts; a handful of rows however many inspections there are. */
export function totals(database: Database) {
  const counters = database.prepare<[], Counters>('SELECT inspections, passes, fails, unsure, faults, rejects, bytes FROM totals')
  const faults = database.prepare<[], [string, number]>('SELECT code, count FROM fault_totals ORDER BY code').raw()
  const lastHour = database.prepare<[number, number], LastHour>(
    'SELECT coalesce(sum(bytes), 0) AS bytes, min(minute) AS firstMinute FROM recent_minutes WHERE minute BETWEEN ? AND ?',
  )
  return {
    /** `roomBytes`: what may still be written before the floor. Counters are kept by minute, so a rate is never older than an hour and a minute. */
    count(wallTime: string, freeBytes: number, roomBytes: number): EvidenceTotals {
      const nowMinutes = Date.parse(wallTime) / 60_000
      const { bytes, firstMinute } = lastHour.get(Math.floor(nowMinutes) - 60, Math.floor(nowMinutes))!
      const spanMinutes = firstMinute === null ? 0 : nowMinutes - firstMinute
      const hoursLeft = spanMinutes < leastMinutes || bytes === 0 ? null : roomBytes / (bytes / (spanMinutes / 60))
      return { ...counters.get()!, faultsByCode: Object.fromEntries(faults.all()), freeBytes, hoursLeft }
    },
  }
}
