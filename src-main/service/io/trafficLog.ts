import type { TrafficEntry } from '../../domain/lineSignals.ts'
import { Latest } from '../latest.ts'

export interface NumberedEntry extends TrafficEntry {
  /** Counts up from 1 without a gap: whoever reads late sees how much it missed. */
  readonly number: number
}

export interface TrafficLog {
  add(entry: TrafficEntry): void
  /** Entries after this number, the oldest first, at most 500; waits until there is one, and gives none when the signal is aborted. */
  after(number: number, signal?: AbortSignal): Promise<readonly NumberedEntry[]>
}

const kept = 5_000
const perAnswer = 500

/** The last requests and replies of the link, for readers of any speed: nobody is waited for, and what is overwritten is missing by its number. */
export function trafficLog(): TrafficLog {
  let entries: NumberedEntry[] = []
  let count = 0
  const newest = new Latest<number>()
  return {
    add(entry) {
      entries.push({ ...entry, number: ++count })
      if (entries.length > 2 * kept) entries = entries.slice(-kept)
      newest.set(count)
    },
    async after(number, signal) {
      // A program that was started anew counts from 1 again.
      const from = number > count ? 0 : number
      while (count <= from) if (!(await newest.after(newest.version, signal))) return []
      const first = Math.max(0, entries.length - (count - from))
      return entries.slice(first, first + perAnswer)
    },
  }
}
