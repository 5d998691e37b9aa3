import { fault, type Fault } from '../domain/fault.ts'
import type { OutputReceipt } from '../domain/inspection.ts'
import type { OutputName, Recipe } from '../domain/recipe.ts'
import type { Outcome, Reading } from '../domain/verdict.ts'
import type { ArrivedPart, Line } from './line.ts'

/** What is to be told of one part. */
export interface Announcement {
  readonly output: OutputName
  readonly outcome: Outcome | null
  readonly fault: Fault | null
  readonly readings: readonly Reading[]
  readonly processMs: number
}

/** No decision: the part is rejected, and why is in the fault. */
export const noDecision = (why: Fault): Announcement => ({ output: 'reject', outcome: null, fault: why, readings: [], processMs: 0 })

/**
 * Tells the line of one part, once, and waits for what became of it. A pass that is not accepted is told as no decision. Fault in the
 * receipt: plc/notConfirmed when a reject was to be confirmed and was not; then the line is asked to stop.
 * An accept that was not given after all is counted as no decision.
 */
export async function publish({ recipe, plc, clock, onPublished, onTakenBack, onStopNeeded }: Line, { partId, part }: ArrivedPart, told: Announcement): Promise<OutputReceipt> {
  const outcome = told.outcome === 'pass' && told.output !== 'accept' ? null : told.outcome
  const published = { partId, outcome, fault: told.fault?.code ?? null, isChallenge: part.isChallenge, wallTime: clock.wallTime() }
  onPublished(published)
  const receipt = await plc.drive({
    output: told.output,
    line: recipe.outputs[told.output] ?? null,
    part,
    askedMs: clock.monotonicMs(),
    outcome,
    defectClass: defectClassOf(recipe, told.readings),
    processMs: told.processMs,
  })
  const checked = checkConfirmation(receipt, recipe)
  if (outcome === 'pass' && checked.fault && wasNotGiven(checked)) onTakenBack({ ...published, outcome: null, fault: checked.fault.code })
  // What comes too late the line rejects by itself: that is the part's trouble, not a reject that did not happen.
  if (recipe.line && told.output === 'reject' && checked.fault && checked.fault.code !== 'station/late') onStopNeeded('notConfirmed', partId)
  return checked
}

const wasNotGiven = ({ onMs, acknowledgedMs }: OutputReceipt): boolean => onMs === null && typeof acknowledgedMs !== 'number'

function checkConfirmation(receipt: OutputReceipt, { line }: Recipe): OutputReceipt {
  if (line?.confirmWithinMs === undefined || receipt.output !== 'reject' || typeof receipt.confirmedMs === 'number') return receipt
  const missing = fault('plc/notConfirmed', `nothing said within ${line.confirmWithinMs} ms that the part is out`, { limit: line.confirmWithinMs })
  return { ...receipt, confirmedMs: null, fault: receipt.fault ?? missing }
}

/** Classes are numbered from 1 in the order in which the recipe first names them; the surest finding that counts names the part's, 0 is none. */
export function defectClassOf({ regions }: Pick<Recipe, 'regions'>, readings: readonly Reading[]): number {
  const names = [...new Set(regions.flatMap(({ detector }) => detector?.classes ?? []).map(({ name }) => name))]
  const found = readings.flatMap(({ detections }) => detections ?? []).filter(({ counts }) => counts)
  const surest = found.sort((a, b) => b.confidence - a.confidence)[0]
  return surest ? names.indexOf(surest.defectClass) + 1 : 0
}
