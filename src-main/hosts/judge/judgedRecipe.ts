import { createHash } from 'node:crypto'
import type { BeltPlan } from '../../adapters/plc/conveyor/beltPlan.ts'
import { remoteIo } from '../../adapters/plc/conveyor/remoteIoLine.ts'
import type { RegionId, Sha256 } from '../../domain/ids.ts'
import type { LineSettings } from '../../domain/lineSettings.ts'
import type { OutputLine, Recipe } from '../../domain/recipe.ts'
import type { JudgeRole } from './faultSchedule.ts'
import { pictureSidePx } from './partPicture.ts'

/** What the model twin is made of; the store keeps it like any other model. */
export const judgedModel = new TextEncoder().encode('the judge’s model: it reads the answer off the picture')
const modelHash = createHash('sha256').update(judgedModel).digest('hex') as Sha256

/** One line as it is judged. */
export interface JudgedCourse {
  /** Of the station. */
  readonly role: JudgeRole
  readonly seed: number
  /** From the camera to the ejector. A busy machine needs more, and takes longer for each part. */
  readonly travelMs: number
  /** Between two parts; shorter than the way to the ejector, and several of them are on it at a time. */
  readonly pitchMs: number
}

const countsPerMm = 10
const partLengthMm = 8

/** At 1 m/s a millisecond is a millimetre. */
export const judgedBelt = (course: JudgedCourse): BeltPlan => ({
  seed: course.seed, defectiveShare: 0.2, speedMmPerS: 1_000, speedSwing: 0.02, pitchMm: course.pitchMs, pitchJitterMm: course.pitchMs / 20, partLengthMm, viewMm: Math.min(course.travelMs, course.pitchMs / 2),
  eyeDwellMs: Math.min(0.75 * course.travelMs, course.pitchMs / 2), cameraToGateMm: course.travelMs, gateToEyesMm: 10, countsPerMm, gate: 'permit', ejectorReactionMs: 2, ejectorStrokeMs: 3, outputsHoldMs: 400,
  aliveWithinMs: isFullyWired(course) ? 500 : null,
})

/** How far a pulse reaches beyond its part, before and behind; parts that follow closely leave more room than parts that are fed one by one. */
const marginMs = ({ travelMs, pitchMs }: JudgedCourse): number => (pitchMs < travelMs ? pitchMs / 5 : 8)

/** Trigger to published result; what comes later would miss its part. */
export const judgedDeadlineMs = (course: JudgedCourse): number => course.travelMs - marginMs(course) - 2

/** Every other pair of lines has all that a client can have: pulses by the belt's encoder, and a watchdog relay on the alive coil. */
const isFullyWired = ({ role, seed }: JudgedCourse): boolean => role === 'client' && (seed >> 1) % 2 === 1

/** Around the time that the part is before the ejector. */
function timingOf(course: JudgedCourse): Pick<OutputLine, 'delayMs' | 'pulseMs' | 'delayFrom' | 'counts'> {
  const [delayMs, pulseMs] = [course.travelMs - marginMs(course), partLengthMm + 2 * marginMs(course)]
  return { delayMs, pulseMs, delayFrom: 'trigger', ...(isFullyWired(course) && { counts: { delay: delayMs * countsPerMm, pulse: pulseMs * countsPerMm } }) }
}

function lineOf(course: JudgedCourse): LineSettings {
  const common = { deadlineMs: judgedDeadlineMs(course), stopAfter: { rejectsInARow: 12, noDecisionsInARow: 4 } }
  if (course.role === 'server') return { ...common, trigger: { kind: 'plc' }, partIds: { kind: 'plc' } }
  return {
    ...common,
    trigger: { kind: 'input', input: remoteIo.discreteInputs.trigger, edge: 'rising', debounceMs: 0 },
    partIds: { kind: 'counter', prefix: 'part-' },
    inputs: { rejectConfirmed: remoteIo.discreteInputs.reject, exitEye: remoteIo.discreteInputs.exit },
    confirmWithinMs: 300,
    ...(isFullyWired(course) && { encoder: { register: remoteIo.inputRegisters.encoder, wordOrder: 'highFirst', countsPerMm }, aliveCoil: remoteIo.coils.alive }),
  }
}

/** One region that is the whole picture; the model gives 0 or 1. */
export const judgedRecipe = (course: JudgedCourse): Recipe => ({
  schema: 1,
  name: `Judge, station as Modbus ${course.role}`,
  camera: { source: 'judge', settings: { triggerMode: 'software' } },
  frame: { widthPx: pictureSidePx, heightPx: pictureSidePx, maxPixels: 4_096, focusReference: 100, focusMinRatio: 0.1, focusFloor: 1, meanMin: 20, meanMax: 235, clippedMax: 0.5, refuseRepeats: true },
  regions: [{
    id: 'part' as RegionId, name: 'Part', shape: { kind: 'rectangle', x: 0, y: 0, width: pictureSidePx, height: pictureSidePx }, masks: [],
    model: {
      sha256: modelHash, bytes: judgedModel.length, method: 'imported', features: 'judge', inputWidthPx: pictureSidePx, inputHeightPx: pictureSidePx,
      mapWidth: 1, mapHeight: 1, baselineImages: 20, seed: 1,
    },
    limits: {
      failAbove: 0.5, unsureAbove: 0.5, minAreaPx: 0, persistence: { count: 1, of: 1 },
      basis: { rule: 'technician', goodImages: 20, expectedFalseRejects: { value: 0.01, low: 0, high: 0.1, n: 20 } },
    },
  }],
  outputs: {
    accept: { coil: remoteIo.coils.accept, ...timingOf(course) },
    reject: { coil: remoteIo.coils.reject, ...timingOf(course) },
  },
  line: lineOf(course),
})
