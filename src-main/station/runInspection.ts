import { fault } from '../domain/fault.ts'
import { isCameraTriggered } from '../domain/lineSettings.ts'
import type { ClosedInspection, Inspection, OutputReceipt } from '../domain/inspection.ts'
import type { Result } from '../domain/result.ts'
import { closeInspection, closeUnrecorded, type HandledPart } from './closeInspection.ts'
import { describePart } from './describePart.ts'
import { gate } from './gate.ts'
import { judgePart, unjudged, type JudgedPart } from './judgePart.ts'
import type { Line, SeenPart } from './line.ts'
import type { LineDeadline } from './lineDeadline.ts'
import { noDecision, publish } from './publish.ts'
import { rejectUninspected } from './rejectUninspected.ts'
import { startStopwatch } from './stopwatch.ts'

export type Milestone = 'frameTaken' | 'decided' | 'recorded'

/**
 * One part, trigger to evidence. The line is told only after the record is durable; when it cannot be made durable, the part is not
 * accepted, whatever the verdict was. When the line's deadline passes first, the part is rejected then, and the result is only
 * stored. Returns undefined for a part of the camera's own that has a record already (a restart between record and confirm).
 */
export async function runInspection(seen: SeenPart, line: Line, deadline: LineDeadline, onMilestone: (milestone: Milestone) => void): Promise<HandledPart | undefined> {
  const { recipe, camera } = line
  const watch = startStopwatch(line.clock)
  const judged = await judgePart(seen.trigger, line, watch, () => { onMilestone('frameTaken') }).catch((error: unknown) => unjudged(line.onBug(error)))
  const refusal = deadline.passed() ?? seen.fault
  const decision = watch.time('gate', () => gate(refusal ? { fault: refusal } : judged.finding, recipe.outputs, line.blockers()))
  watch.stop('decision')
  onMilestone('decided')

  const inspection = describePart(seen, line, judged, decision, watch.timings)
  const recorded = await recordDecision(inspection, judged, line)
  onMilestone('recorded')
  if (recorded.ok) {
    await camera.confirm(seen.trigger)
    return { inspection: recorded.value, closed: closeInspection(line, recorded.value, deadline.settle(() => driveOutput(line, seen, recorded.value))), stationFault: null }
  }
  if (recorded.fault.code === 'evidence/duplicate') {
    // The picture is known, but the line has announced a part: that part gets its own record, and no accept.
    if (!isCameraTriggered(recipe.line)) return rejectUninspected(seen, line, deadline, recorded.fault)
    deadline.drop()
    return undefined
  }
  const refused = gate({ fault: recorded.fault }, recipe.outputs, [])
  const unrecorded = { ...inspection, ...refused, fault: recorded.fault, outcome: null, receipt: null }
  return { inspection: unrecorded, closed: closeUnrecorded(unrecorded, deadline.settle(() => driveOutput(line, seen, unrecorded))), stationFault: recorded.fault }
}

const recordDecision = (inspection: Inspection, { original }: JudgedPart, { evidence }: Line): Promise<Result<ClosedInspection>> =>
  evidence.record(inspection, original)

/** A station that stopped being ready while the record was written lets no part through: then the receipt says why. */
async function driveOutput(line: Line, seen: SeenPart, { disposition, outcome, fault: why, readings, timingsMs }: Inspection): Promise<OutputReceipt> {
  const blocker = disposition === 'accept' ? line.blockers()[0] : undefined
  if (!blocker) return publish(line, seen, { output: disposition, outcome, fault: why, readings, processMs: timingsMs.decision ?? 0 })
  const receipt = await publish(line, seen, noDecision(blocker))
  return { ...receipt, fault: receipt.fault ?? fault('station/interrupted', `not let through: ${blocker.code}`) }
}
