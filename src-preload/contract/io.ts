import { z } from 'zod'
import { registerSpaces } from '../../src-main/domain/lineSignals.ts'
import { outcomes, dispositionNames } from '../../src-main/domain/verdict.ts'
import { BeltFacts, LineSettings, OutputLine } from './recipe.ts'
import { Fault } from './resultOf.ts'
import { Health, JobView } from './views.ts'

export type { RegisterSpace } from '../../src-main/domain/lineSignals.ts'
export { manualNumber } from '../../src-main/domain/manualNumber.ts'

export const RegisterRow = z.object({
  space: z.enum(registerSpaces),
  address: z.number().int(),
  /** A key below `io.registers.` in the translations. */
  name: z.string(),
  value: z.number().nullable(),
  canForce: z.boolean(),
})
export type RegisterRow = z.infer<typeof RegisterRow>

export const LatencyFigures = z.object({
  n: z.number().int(),
  p50: z.number(),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
  histogram: z.object({ fromMs: z.number(), binMs: z.number(), counts: z.array(z.number().int()) }),
})
export type LatencyFigures = z.infer<typeof LatencyFigures>

const AtMs = z.number().nullable()

/** Times in ms after the part's trigger, or after its picture where nobody tells the edge. */
export const ScopePart = z.object({
  number: z.number().int(),
  partId: z.string().nullable(),
  hasTrigger: z.boolean(),
  output: z.enum(dispositionNames).nullable(),
  outcome: z.enum(outcomes).nullable(),
  decidedMs: AtMs,
  planned: z.object({ onMs: z.number(), offMs: z.number() }).nullable(),
  onMs: AtMs,
  offMs: AtMs,
  acknowledgedMs: AtMs,
  confirmedMs: AtMs,
  fault: Fault.nullable(),
})
export type ScopePart = z.infer<typeof ScopePart>

export const LineTiming = z.object({
  source: z.enum(['parts', 'rehearsal']),
  n: z.number().int(),
  fastestDecisionMs: z.number(),
  slowestDecisionMs: z.number(),
  timingErrorMs: z.number(),
})

export const LoopReport = z.object({
  kind: z.enum(['handshake', 'triggerToPulse', 'pulse']),
  wanted: z.number().int(),
  done: z.number().int(),
  latencyMs: LatencyFigures.nullable(),
  timingErrorMs: z.number(),
  decisionMs: z.number(),
  allowedMs: z.number().nullable(),
  /** The first loop that failed says why. */
  fault: Fault.nullable(),
  /** null: passed. */
  trouble: z.enum(['cancelled', 'noTrigger', 'failed', 'tooSlow']).nullable(),
})
export type LoopReport = z.infer<typeof LoopReport>

export const LinkReport = z.object({
  noticedMs: AtMs,
  backMs: AtMs,
  outputsOff: z.boolean().nullable(),
  fault: Fault.nullable(),
  /** null: passed. */
  trouble: z.enum(['cancelled', 'failed', 'notPulled', 'notBack', 'late', 'outputsOn', 'outputsUnknown']).nullable(),
})
export type LinkReport = z.infer<typeof LinkReport>

/** What the I/O screen shows, whole; newest wins. */
export const IoView = z.object({
  /** null: no PLC is open. */
  plc: z.object({ target: z.string(), isSimulated: z.boolean(), health: Health, loops: z.enum(['handshake', 'triggerToPulse', 'pulse']) }).nullable(),
  /** Coils are moved by parts only: stop the station to move them by hand. */
  isRunning: z.boolean(),
  /** null: not armed. Only the screen that has armed may switch. */
  armed: z.object({ leftMs: z.number(), byThisScreen: z.boolean() }).nullable(),
  registers: z.array(RegisterRow),
  /** Why the registers could not be read the last time. */
  registersFault: Fault.nullable(),
  /** Coils switched on by hand, and when each goes off by itself. */
  forced: z.array(z.object({ coil: z.number().int(), leftMs: z.number() })),
  /** Newest first. */
  parts: z.array(ScopePart),
  decisionMs: LatencyFigures.nullable(),
  outputMs: LatencyFigures.nullable(),
  timing: LineTiming,
  /** As in the recipe in force, or in the draft; null: the belt is not described. */
  belt: BeltFacts.nullable(),
  reject: OutputLine.nullable(),
  encoder: LineSettings.shape.encoder.unwrap().nullable(),
  loops: LoopReport.nullable(),
  link: LinkReport.nullable(),
  /** What the link test waits for. */
  linkStep: z.enum(['pull', 'plug', 'check']).nullable(),
  jobs: z.array(JobView),
})
export type IoView = z.infer<typeof IoView>

export const NumberedTraffic = z.object({
  number: z.number().int(),
  atMs: z.number(),
  direction: z.enum(['sent', 'received']),
  peer: z.string(),
  summary: z.string(),
  bytes: z.string(),
  trouble: z.string().nullable(),
})
export type NumberedTraffic = z.infer<typeof NumberedTraffic>

const WindowMs = z.object({ from: z.number(), to: z.number() })

export const budgetNumbers = ['beltSpeedMmPerS', 'cameraToEjectorMm', 'partPitchMm', 'ejectorReactionMs', 'fastestDecisionMs', 'slowestDecisionMs', 'timingErrorMs', 'delayMs', 'pulseMs'] as const

export const BudgetView = z.object({
  facts: BeltFacts.extend({ fastestDecisionMs: z.number(), slowestDecisionMs: z.number(), timingErrorMs: z.number() }),
  travelMs: z.number(),
  pitchMs: z.number(),
  marginMs: z.number(),
  delayFrom: z.enum(['decision', 'trigger']),
  set: z.object({ delayMs: z.number(), pulseMs: z.number() }),
  delayMs: WindowMs.nullable(),
  pulseMs: WindowMs.nullable(),
  proposal: z.object({ delayMs: z.number(), pulseMs: z.number() }).nullable(),
  changes: z.array(z.object({ fact: z.enum(budgetNumbers), bound: z.enum(['atLeast', 'atMost']), value: z.number() })),
})
export type BudgetView = z.infer<typeof BudgetView>

/** What of this computer a PLC can be wired to. */
export const IoPorts = z.object({
  serial: z.array(z.object({ path: z.string(), manufacturer: z.string().nullable() })),
  /** Why the serial ports could not be listed. */
  serialFault: Fault.nullable(),
  interfaces: z.array(z.object({ name: z.string(), address: z.string() })),
})
export type IoPorts = z.infer<typeof IoPorts>
