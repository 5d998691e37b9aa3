import type { Database } from 'better-sqlite3'
import type { InspectionId, PartId } from '../../domain/ids.ts'
import { tallyReplay, type ChangedPart, type ScoreSeries, type StoredPart, type StoredScore } from '../../domain/replay.ts'
import type { Outcome } from '../../domain/verdict.ts'
import type { ReplayPage, ReplayQuestion } from '../../ports/evidence.ts'

/** Entries looked at in one call, some ten milliseconds: a part that is to be recorded waits no longer than that. */
const entriesPerPage = 5000

type Row = readonly [entry: number, series: number, score: number, failAbove: number, unsureAbove: number, wallMs: number, outcome: Outcome, isDefective: number | null]
type Named = { readonly resultId: string; readonly partId: string; readonly wallTime: string }

interface Part extends StoredPart {
  readonly entry: number
  readonly scores: StoredScore[]
}

/** The scores that a trigger keeps beside the records, and what another line would have made of them. */
export function scoreStore(database: Database) {
  // What a screen passed was not measured against the line of the region's own model, and a screen's line cannot be replayed without that model.
  const allSeries = database.prepare<[], ScoreSeries>(`SELECT * FROM (SELECT series, region_id AS regionId, region_name AS regionName, model,
    (SELECT max(entry) FROM scores WHERE scores.series = score_series.series) AS lastEntry FROM score_series) AS known
    WHERE NOT EXISTS (SELECT 1 FROM inspections, json_each(inspections.record, '$.readings') AS reading
      WHERE inspections.entry = known.lastEntry AND reading.value ->> '$.screening.model' = known.model) ORDER BY lastEntry DESC`)
  const page = database.prepare<[number, number], Row>(
    'SELECT entry, series, score, fail_above, unsure_above, wall_ms, outcome, is_defective FROM scores WHERE entry > ? AND entry <= ? ORDER BY entry').raw()
  const lastEntry = database.prepare<[], number>('SELECT coalesce(max(entry), 0) FROM scores').pluck()
  const nameOf = database.prepare<[number], Named>('SELECT result_id AS resultId, part_id AS partId, wall_time AS wallTime FROM inspections WHERE entry = ?')

  return {
    series: (): readonly ScoreSeries[] => allSeries.all(),

    replay({ line, sinceMs = -Infinity, untilMs = Infinity, after }: ReplayQuestion): ReplayPage {
      const last = lastEntry.get()!
      const end = Math.min(after + entriesPerPage, last)
      const rows = page.all(after, end).filter(([, , , , , wallMs]) => wallMs >= sinceMs && wallMs < untilMs)
      const name = ({ entry }: Part): Omit<ChangedPart, 'before' | 'after'> => {
        const { resultId, partId, wallTime } = nameOf.get(entry)!
        return { resultId: resultId as InspectionId, partId: partId as PartId, wallTime }
      }
      return { tally: tallyReplay(partsOf(rows), line, name), next: end < last ? end : null, done: last === 0 ? 1 : end / last }
    },
  }
}

/** The rows of a part stand together. */
function* partsOf(rows: readonly Row[]): Iterable<Part> {
  let part: Part | undefined
  for (const [entry, series, score, failAbove, unsureAbove, , outcome, isDefective] of rows) {
    if (part?.entry !== entry) {
      if (part) yield part
      part = { entry, outcome, isDefective: isDefective === null ? null : isDefective === 1, scores: [] }
    }
    part.scores.push({ series, score, failAbove, unsureAbove })
  }
  if (part) yield part
}
