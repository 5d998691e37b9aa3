import type { Fault } from '../domain/fault.ts'
import { closeInspection, closeUnrecorded, type HandledPart } from './closeInspection.ts'
import { describeUninspected } from './describePart.ts'
import type { ArrivedPart, Line } from './line.ts'
import type { LineDeadline } from './lineDeadline.ts'
import { noDecision, publish } from './publish.ts'

/**
 * A part that announced itself and cannot be looked at: it is rejected at once, because it moves on, and has a record of its own.
 * When the record cannot be made, the part is rejected all the same.
 */
export async function rejectUninspected(arrived: ArrivedPart, line: Line, deadline: LineDeadline, why: Fault): Promise<HandledPart> {
  const driven = deadline.settle(() => publish(line, arrived, noDecision(why)))
  const inspection = describeUninspected(arrived, line, why)
  const recorded = await line.evidence.record(inspection, null)
  if (recorded.ok) return { inspection: recorded.value, closed: closeInspection(line, recorded.value, driven), stationFault: null }
  const unrecorded = { ...inspection, receipt: null }
  return { inspection: unrecorded, closed: closeUnrecorded(unrecorded, driven), stationFault: recorded.fault }
}
