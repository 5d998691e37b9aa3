import type { LineSettings } from '../../src-main/domain/lineSettings.ts'
import type { OutputName, OutputLine } from '../../src-main/domain/recipe.ts'
import type { OutputOrder, StationStatus, TrackedPart } from '../../src-main/domain/lineSignals.ts'
import type { PartId } from '../../src-main/domain/ids.ts'

/** Parts come through an eye at input 0; nothing else is wired. */
export const someLine = (more: Partial<LineSettings> = {}): LineSettings => ({
  trigger: { kind: 'input', input: 0, edge: 'rising', debounceMs: 5 },
  partIds: { kind: 'counter', prefix: 'P' },
  deadlineMs: 400,
  stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 },
  ...more,
})

export const somePart = (triggerNumber: number, edgeMs: number, more: Partial<TrackedPart> = {}): TrackedPart =>
  ({ partId: `P${triggerNumber}` as PartId, triggerNumber, edgeMs, encoderCount: null, isChallenge: false, ...more })

export const orderFor = (part: TrackedPart, output: OutputName, line: OutputLine | null, askedMs: number): OutputOrder =>
  ({ output, line, part, askedMs, outcome: output === 'accept' ? 'pass' : 'fail', defectClass: 0, processMs: 10 })

export const someStatus: StationStatus = {
  state: 'ready', fault: null, stopRequested: false, evidenceDegraded: false, isRecipeOk: true, isSimulated: true,
  counters: { triggers: 0, passes: 0, rejects: 0, noDecisions: 0, missed: 0, late: 0, overrun: 0 },
  recipeNumber: 1, settingsFingerprint: 0, bootId: 1, ledgerRoot: 0,
}
