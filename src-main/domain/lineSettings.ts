import type { WordOrder } from './lineSignals.ts'

/**
 * How parts announce themselves, what they are called, and what the line says became of them. A recipe without it: the camera
 * triggers, parts are counted, and nothing is confirmed.
 */
export interface LineSettings {
  readonly trigger: TriggerSource
  readonly partIds: PartIdSource
  /** 0-based discrete inputs (client role and GPIO); the server role has them as registers. */
  readonly inputs?: { readonly rejectConfirmed?: number; readonly exitEye?: number }
  /** A reject that is not confirmed so long after its pulse began stops the line; absent: nobody confirms. */
  readonly confirmWithinMs?: number
  readonly encoder?: Encoder
  /** Trigger edge to published result; a later one is stored, and never published. */
  readonly deadlineMs: number
  readonly stopAfter: StopLimits
  /** For the time budget; absent: delay and pulse are nobody's business but the technician's. */
  readonly belt?: BeltFacts
  /** A coil that is toggled while the decision loop lives, for a watchdog relay (square wave, 0-based address). */
  readonly aliveCoil?: number
}

/** Who says that a part is before the camera. `software`: an operator's button or a command; `plc`: the handshake of the server role. */
export type TriggerSource =
  | { readonly kind: 'camera' | 'plc' | 'software' }
  | { readonly kind: 'input'; readonly input: number; readonly edge: 'rising' | 'falling'; readonly debounceMs: number }
  | { readonly kind: 'interval'; readonly everyMs: number }

/** Whether the camera itself says when a part is there; otherwise it is asked for a picture at each trigger. */
export const isCameraTriggered = (line: LineSettings | undefined): boolean => line === undefined || line.trigger.kind === 'camera'

/** `plc`: the handshake's PART_ID. `barcode`: the line that a serial scanner sent since the trigger before. */
export type PartIdSource =
  | { readonly kind: 'counter'; readonly prefix: string }
  | { readonly kind: 'camera' | 'plc' }
  | { readonly kind: 'barcode'; readonly path: string; readonly baud: number; readonly prefix: string; readonly suffix: string }

/** A belt's encoder as a 32-bit counter in two registers, counting up as the belt runs; it may wrap around. */
export interface Encoder {
  readonly register: number
  /** Absent: input registers. */
  readonly space?: 'inputRegister' | 'holdingRegister'
  readonly wordOrder: WordOrder
  readonly countsPerMm: number
}

/** Consecutive parts after which the station asks the line to stop. */
export interface StopLimits {
  readonly rejectsInARow: number
  readonly noDecisionsInARow: number
}

/** What people know of their belt; latencies and timing errors are measured. */
export interface BeltFacts {
  readonly beltSpeedMmPerS: number
  /** From where a part triggers to where the ejector hits its middle. */
  readonly cameraToEjectorMm: number
  /** From the middle of one part to the middle of the next, at the least. */
  readonly partPitchMm: number
  /** From the coil to the ejector's effect, on and off alike. */
  readonly ejectorReactionMs: number
}
