import type { ClosedInspection } from '../../domain/inspection.ts'
import { sayReason } from '../sentences.ts'

/** One inspection as the command line prints it: flat, self-explaining, without the pixels of heat maps and embeddings. */
export function inspectionLine(inspection: ClosedInspection): object {
  const { frame, readings, receipt } = inspection
  return {
    resultId: inspection.resultId,
    partId: inspection.partId,
    sequence: inspection.sequence,
    wallTime: inspection.wallTime,
    isSimulated: inspection.isSimulated,
    verdict: inspection.outcome,
    disposition: inspection.disposition,
    reasons: inspection.reasons.map((reason) => sayReason(reason)),
    fault: inspection.fault,
    readings: readings.map(({ heatmap: _heatmap, embedding: _embedding, ...reading }) => reading),
    checks: frame?.checks ?? [],
    timingsMs: inspection.timingsMs,
    recipe: inspection.recipe,
    /** The sealed model; with several regions, the readings say which is whose. */
    model: readings[0]?.model ?? null,
    image: frame?.image ?? null,
    output: receipt,
    /** How the part announced itself. */
    line: inspection.line ?? null,
    source: inspection.sourceKey,
    truth: inspection.truth ?? null,
  }
}
