import type { Fault, FaultCode } from './fault.ts'
import type { PartId } from './ids.ts'
import type { OutputLine, OutputName } from './recipe.ts'
import type { StationStateName } from './station.ts'
import type { Outcome } from './verdict.ts'

/** Which of two registers holds the upper half of a 32-bit number. */
export const wordOrders = ['highFirst', 'lowFirst'] as const
export type WordOrder = (typeof wordOrders)[number]

/** One part between its trigger and the ejector. */
export interface TrackedPart {
  /** null: the line does not name its parts. */
  readonly partId: PartId | null
  /** Counted at the source of the triggers, so that a gap or a repeat shows. */
  readonly triggerNumber: number
  /** Monotonic milliseconds of the trigger's edge. */
  readonly edgeMs: number
  /** The belt's encoder at the edge; null where there is none. */
  readonly encoderCount: number | null
  /** Somebody put a known part on the belt to see whether the station finds it. */
  readonly isChallenge: boolean
}

/** What the line is told of one part; for an output fired by hand `part` is null. */
export interface OutputOrder {
  readonly output: OutputName
  /** Monotonic milliseconds: the decision is durable, and a delay from the decision counts from here. */
  readonly askedMs: number
  /** null: this output is not wired (server role: the PLC moves its own outputs). */
  readonly line: OutputLine | null
  readonly part: TrackedPart | null
  /** null: no decision. */
  readonly outcome: Outcome | null
  /** Number of the defect class, 1 and up in the order of the recipe; 0: none is known. */
  readonly defectClass: number
  readonly processMs: number
}

/** What the line says without being asked. */
export type LineInput =
  | { readonly kind: 'triggered'; readonly part: TrackedPart }
  /** Nobody ordered it: a part has gone, or was ejected, that the station knows nothing of. */
  | { readonly kind: 'unexpectedRemoval'; readonly atMs: number }
  /** Ids or counters of the line do not follow one another, or the line has started anew. */
  | { readonly kind: 'outOfStep'; readonly fault: Fault }
  | { readonly kind: 'commanded'; readonly command: LineCommand }

/** What a PLC may ask for; the station decides whether it follows. */
export type LineCommand =
  | { readonly name: 'clearFault' }
  | { readonly name: 'enable' | 'goOffline' | 'lineRunning'; readonly isOn: boolean }
  | { readonly name: 'changeRecipe'; readonly number: number }

/** What the station tells the line ten times a second, from the decision loop: silence means that nobody decides. */
export interface StationStatus {
  readonly state: StationStateName
  readonly fault: FaultCode | null
  readonly stopRequested: boolean
  readonly evidenceDegraded: boolean
  readonly isRecipeOk: boolean
  readonly isSimulated: boolean
  readonly counters: LineCounters
  /** As the changeover numbers recipes, 0: none. */
  readonly recipeNumber: number
  /** The first 16 bits of the recipe's SHA-256. */
  readonly settingsFingerprint: number
  /** Changes with every start of the program, 16 bits. */
  readonly bootId: number
  /** The first 32 bits of the evidence chain's newest link. */
  readonly ledgerRoot: number
}

/** Since the start; triggers = passes + rejects + noDecisions, and each of the others is among the noDecisions. */
export interface LineCounters {
  readonly triggers: number
  readonly passes: number
  readonly rejects: number
  readonly noDecisions: number
  readonly missed: number
  readonly late: number
  readonly overrun: number
}

export const registerSpaces = ['coil', 'discreteInput', 'inputRegister', 'holdingRegister'] as const
export type RegisterSpace = (typeof registerSpaces)[number]

/** One address as the I/O screen shows it. */
export interface RegisterRow {
  readonly space: RegisterSpace
  /** 0-based, as Modbus sends it. */
  readonly address: number
  /** A key below `io.registers.` in the translations. */
  readonly name: string
  /** Coils and inputs 0 or 1, registers 0–65,535; null: not known at the moment. */
  readonly value: number | null
  /** Whether `force` may write it. */
  readonly canForce: boolean
}

/** One request or reply on the link, for the traffic log. */
export interface TrafficEntry {
  readonly atMs: number
  readonly direction: 'sent' | 'received'
  readonly peer: string
  /** In words, in English: `FC05 coil 3 on`. */
  readonly summary: string
  /** The bytes, hexadecimal; empty where the library does not show them. */
  readonly bytes: string
  /** Set where it was refused or made no sense. */
  readonly trouble: string | null
}
