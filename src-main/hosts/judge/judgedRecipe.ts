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

const countsPerMm = 10

/** A belt fast enough that a part is decided and gone within 0.1 s, and sparse enough (1 s) that nothing late meets the part behind it. */
export const judgedBelt = (seed: number): BeltPlan => ({
  seed, defectiveShare: 0.2, speedMmPerS: 1_000, speedSwing: 0.02, pitchMm: 1_000, pitchJitterMm: 50, partLengthMm: 8, viewMm: 100, eyeDwellMs: 40,
  cameraToGateMm: 80, gateToEyesMm: 10, countsPerMm, gate: 'permit', ejectorReactionMs: 2, ejectorStrokeMs: 3, outputsHoldMs: 400, aliveWithinMs: null,
})

/** Trigger to published result, for both roles. */
export const judgedDeadlineMs = 70

/** Delay and pulse of both outputs, from the trigger: by time, or, for every other client, by the belt's encoder. */
const timing: Pick<OutputLine, 'delayMs' | 'pulseMs' | 'delayFrom'> = { delayMs: 72, pulseMs: 24, delayFrom: 'trigger' }
const counted: Pick<OutputLine, 'counts'> = { counts: { delay: timing.delayMs * countsPerMm, pulse: timing.pulseMs * countsPerMm } }

/** With the speed of `judgedBelt`, a millisecond is a millimetre. */
const followsEncoder = (role: JudgeRole, seed: number): boolean => role === 'client' && seed % 2 === 0

const lines: Readonly<Record<JudgeRole, LineSettings>> = {
  client: {
    trigger: { kind: 'input', input: remoteIo.discreteInputs.trigger, edge: 'rising', debounceMs: 0 },
    partIds: { kind: 'counter', prefix: 'part-' },
    inputs: { rejectConfirmed: remoteIo.discreteInputs.reject, exitEye: remoteIo.discreteInputs.exit },
    confirmWithinMs: 300,
    deadlineMs: judgedDeadlineMs,
    stopAfter: { rejectsInARow: 12, noDecisionsInARow: 4 },
  },
  server: { trigger: { kind: 'plc' }, partIds: { kind: 'plc' }, deadlineMs: judgedDeadlineMs, stopAfter: { rejectsInARow: 12, noDecisionsInARow: 4 } },
}

/** One region that is the whole picture; the model gives 0 or 1. */
export const judgedRecipe = (role: JudgeRole, seed: number): Recipe => ({
  schema: 1,
  name: `Judge, station as Modbus ${role}`,
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
    accept: { coil: remoteIo.coils.accept, ...timing, ...(followsEncoder(role, seed) && counted) },
    reject: { coil: remoteIo.coils.reject, ...timing, ...(followsEncoder(role, seed) && counted) },
  },
  line: { ...lines[role], ...(followsEncoder(role, seed) && { encoder: { register: remoteIo.inputRegisters.encoder, wordOrder: 'highFirst', countsPerMm } }) },
})
