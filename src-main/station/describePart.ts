import type { Fault } from '../domain/fault.ts'
import type { InspectionId, Sha256 } from '../domain/ids.ts'
import type { FrameRecord, Inspection, Timings } from '../domain/inspection.ts'
import type { GateDecision } from '../domain/verdict.ts'
import type { JudgedPart } from './judgePart.ts'
import type { ArrivedPart, Line, SeenPart } from './line.ts'

/** The record of a part that was before the camera. */
export function describePart(seen: SeenPart, line: Line, judged: JudgedPart, decision: GateDecision, timingsMs: Timings): Inspection {
  return {
    ...describeArrival(seen, line),
    sourceKey: seen.trigger.sourceKey,
    frame: describeFrame(judged, line),
    readings: judged.readings,
    outcome: 'verdict' in judged.finding ? judged.finding.verdict.outcome : null,
    disposition: decision.disposition,
    reasons: decision.reasons,
    fault: decision.fault ?? null,
    timingsMs,
    ...(judged.capture?.truth && { truth: judged.capture.truth }),
  }
}

/** The record of a part that nobody looked at: it is rejected, and `why` is all that is known. */
export const describeUninspected = (arrived: ArrivedPart, line: Line, why: Fault): Inspection => ({
  ...describeArrival(arrived, line),
  sourceKey: `trigger:${line.origin.bootId}:${arrived.sequence}`,
  frame: null,
  readings: [],
  outcome: null,
  disposition: 'reject',
  reasons: [{ code: 'gate/fault', params: { fault: why.code } }],
  fault: why,
  timingsMs: {},
})

function describeArrival({ partId, sequence, part }: ArrivedPart, { clock, recipe, recipeHash, camera, plc, origin }: Line) {
  const { triggerNumber, encoderCount, isChallenge, edgeMs } = part
  return {
    ...origin,
    resultId: clock.newId() as InspectionId,
    partId,
    sequence,
    isSimulated: camera.isSimulated || plc.isSimulated,
    recipe: recipeHash,
    recipeName: recipe.name,
    line: { triggerNumber, encoderCount, isChallenge, edgeMs },
    wallTime: clock.wallTime(),
    monotonicMs: clock.monotonicMs(),
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
