import type { Fault } from '../domain/fault.ts'
import type { Trigger } from '../domain/frame.ts'
import type { InspectionId, Sha256 } from '../domain/ids.ts'
import type { ClosedInspection, FrameRecord, Inspection, OutputReceipt } from '../domain/inspection.ts'
import type { Result } from '../domain/result.ts'
import type { GateDecision } from '../domain/verdict.ts'
import { gate } from './gate.ts'
import { judgePart, type JudgedPart } from './judgePart.ts'
import type { Line } from './line.ts'
import { startStopwatch, type Stopwatch } from './stopwatch.ts'

export type Milestone = 'frameTaken' | 'decided' | 'recorded'

export interface HandledPart {
  readonly inspection: ClosedInspection
  /** Resolves when the output has been driven and its receipt is stored; parts behind this one do not wait for it. */
  readonly closed: Promise<ClosedInspection>
  /** Trouble beyond this part: it must latch or hold the station. */
  readonly stationFault: Fault | null
}

/**
 * One part, trigger to evidence. The line is told only after the record is durable; when it cannot be made durable, the part is not
 * accepted, whatever the verdict was. Returns undefined for a part that has a record already (a restart between record and confirm).
 */
export async function runInspection(trigger: Trigger, line: Line, onMilestone: (milestone: Milestone) => void): Promise<HandledPart | undefined> {
  const watch = startStopwatch(line.clock)
  const judged = await judgePart(trigger, line, watch, () => { onMilestone('frameTaken') })
  const decision = watch.time('gate', () => gate(judged.finding, line.recipe.outputs, line.blockers()))
  watch.stop('decision')
  onMilestone('decided')

  const inspection = describe(trigger, line, judged, decision, watch)
  const recorded = await recordDecision(inspection, judged, line)
  onMilestone('recorded')
  if (!recorded.ok && recorded.fault.code === 'evidence/duplicate') return undefined
  if (recorded.ok) await line.camera.confirm(trigger)

  if (recorded.ok) return { inspection: recorded.value, closed: closeInspection(line, recorded.value), stationFault: null }
  const refused = gate({ fault: recorded.fault }, line.recipe.outputs, [])
  const unrecorded = { ...inspection, ...refused, fault: recorded.fault, outcome: null, receipt: null }
  return { inspection: unrecorded, closed: driveOutput(line, unrecorded).then((receipt) => ({ ...unrecorded, receipt })), stationFault: recorded.fault }
}

const recordDecision = (inspection: Inspection, { original }: JudgedPart, { evidence }: Line): Promise<Result<ClosedInspection>> =>
  evidence.record(inspection, original)

async function closeInspection(line: Line, recorded: ClosedInspection): Promise<ClosedInspection> {
  const receipt = await driveOutput(line, recorded)
  const closed = await line.evidence.close(recorded.resultId, receipt)
  return closed.ok ? closed.value : { ...recorded, receipt }
}

const driveOutput = ({ plc, recipe, clock }: Line, { disposition, outcome, timingsMs }: Inspection): Promise<OutputReceipt> =>
  plc.drive({
    output: disposition,
    line: recipe.outputs[disposition] ?? null,
    part: null,
    askedMs: clock.monotonicMs(),
    outcome,
    defectClass: 0,
    processMs: timingsMs.decision ?? 0,
  })

function describe(trigger: Trigger, line: Line, judged: JudgedPart, decision: GateDecision, watch: Stopwatch): Inspection {
  const { clock, memory, recipe, recipeHash, camera, origin } = line
  return {
    ...origin,
    resultId: clock.newId() as InspectionId,
    partId: trigger.partId,
    sequence: ++memory.sequence,
    sourceKey: trigger.sourceKey,
    isSimulated: camera.isSimulated || line.plc.isSimulated,
    recipe: recipeHash,
    recipeName: recipe.name,
    frame: describeFrame(judged, line),
    readings: judged.readings,
    outcome: 'verdict' in judged.finding ? judged.finding.verdict.outcome : null,
    disposition: decision.disposition,
    reasons: decision.reasons,
    fault: decision.fault ?? null,
    timingsMs: watch.timings,
    wallTime: clock.wallTime(),
    monotonicMs: clock.monotonicMs(),
    ...(judged.capture?.truth && { truth: judged.capture.truth }),
  }
}

/** The store hashes the bytes and says where they lie. */
const namedByStore = { sha256: '' as Sha256, file: '' }

function describeFrame({ original, capture, frame, checks }: JudgedPart, { camera, clock }: Line): FrameRecord | null {
  if (!original) return null
  return {
    camera: camera.name,
    sequence: capture?.sequence ?? 0,
    wallTime: capture?.wallTime ?? clock.wallTime(),
    monotonicMs: capture?.monotonicMs ?? clock.monotonicMs(),
    settings: capture?.settings ?? { asked: {}, achieved: {} },
    widthPx: frame?.image.widthPx ?? null,
    heightPx: frame?.image.heightPx ?? null,
    quality: frame?.quality ?? null,
    checks,
    image: { ...namedByStore, mediaType: original.mediaType, bytes: original.bytes.length },
  }
}
