import { planPart, speedAt, type BeltPlan, type PlannedPart } from './beltPlan.ts'

export const outputLamps = ['accept', 'reject', 'hold', 'alive'] as const
export type ConveyorOutput = (typeof outputLamps)[number]

export const eyeNames = ['trigger', 'reject', 'exit'] as const
export type EyeName = (typeof eyeNames)[number]

/** What can be wrong with the belt itself. */
export const beltFaults = ['encoderStall', 'missedEye', 'doubleTrigger', 'stuckOutput'] as const
export type BeltFault = (typeof beltFaults)[number]

/** What happened on the belt, in the belt's own time. */
export type ConveyorEvent = { readonly atMs: number } & (
  /** The trigger eye saw an edge; `isBounce`: the same part once more. `triggerNumber` counts edges. */
  | { readonly kind: 'triggered'; readonly part: number; readonly isDefective: boolean; readonly triggerNumber: number; readonly isBounce: boolean; readonly encoderCount: number }
  | { readonly kind: 'unseen'; readonly part: number; readonly isDefective: boolean }
  | { readonly kind: 'left'; readonly part: number; readonly by: 'exit' | 'reject' }
  | { readonly kind: 'output'; readonly output: ConveyorOutput; readonly isOn: boolean; readonly because: 'commanded' | 'silence' }
)

/** A belt with a camera, an ejector and three eyes, in its own time: nothing moves but by `advance`. */
export interface ConveyorWorld {
  readonly nowMs: number
  /** 32 bits. */
  readonly encoderCount: number
  /** Edges that each eye has seen. */
  readonly eyeCounts: Readonly<Record<EyeName, number>>
  readonly faults: Set<BeltFault>
  isCovered(eye: EyeName): boolean
  /** What the output really does, whatever it was told. */
  isOn(output: ConveyorOutput): boolean
  /** What a picture taken now would show. */
  readonly beforeCamera: PlannedPart | null
  /** No part between the trigger eye and the last eye. */
  readonly isEmpty: boolean
  /** The next part comes at once instead of at its pitch. */
  feedNow(): void
  /** No part comes any more. */
  stopFeeding(): void
  /** Somebody asked the output module for something. */
  hear(): void
  /** Takes effect now, behind the reaction time of the ejector. */
  command(output: ConveyorOutput, isOn: boolean, because?: 'commanded' | 'silence'): void
  /** In steps of 1 ms. */
  advance(toMs: number): void
  onEvent(listener: (event: ConveyorEvent) => void): void
}

/** How long after it went off a bouncing eye reports the part again. */
const bounceMs = 10

interface MovingPart {
  readonly plan: PlannedPart
  /** Belt travel at which its leading edge is at the camera. */
  readonly dueMm: number
  pushedMs: number
  leftBy: 'exit' | 'reject' | null
}

export function conveyorWorld(plan: BeltPlan): ConveyorWorld {
  const { cameraToGateMm: gateMm, partLengthMm, gateToEyesMm, ejectorReactionMs, ejectorStrokeMs } = plan
  const eyesMm = gateMm + gateToEyesMm
  const listeners = new Set<(event: ConveyorEvent) => void>()
  const faults = new Set<BeltFault>()
  const isOn: Record<ConveyorOutput, boolean> = { accept: false, reject: false, hold: false, alive: false }
  const covered: Record<EyeName, boolean> = { trigger: false, reject: false, exit: false }
  const edgeMs: Record<EyeName, number> = { trigger: -Infinity, reject: -Infinity, exit: -Infinity }
  const eyeCounts: Record<EyeName, number> = { trigger: 0, reject: 0, exit: 0 }
  const pusher = { isPushing: plan.gate === 'permit', turnsAtMs: null as number | null }
  let parts: MovingPart[] = []
  let [nowMs, beltMm, stalledAtMm, heardMs, aliveTurnedMs] = [0, 0, null as number | null, 0, -Infinity]
  let next = planPart(plan, 1)
  let nextDueMm = next.gapMm
  let bounceAtMs: number | null = null
  let isFed = true
  let unseen: number | null = null

  const tell = (event: ConveyorEvent): void => { for (const listener of listeners) listener(event) }
  const encoderCount = (): number => Math.floor((stalledAtMm ?? beltMm) * plan.countsPerMm) >>> 0

  function trigger(part: PlannedPart, isBounce: boolean): void {
    edgeMs.trigger = nowMs
    tell({ kind: 'triggered', atMs: nowMs, part: part.part, isDefective: part.isDefective, triggerNumber: ++eyeCounts.trigger, isBounce, encoderCount: encoderCount() })
  }

  function bringParts(): void {
    if (!isFed || beltMm < nextDueMm) return
    parts.push({ plan: next, dueMm: nextDueMm, pushedMs: 0, leftBy: null })
    if (faults.has('missedEye')) {
      unseen = next.part
      tell({ kind: 'unseen', atMs: nowMs, part: next.part, isDefective: next.isDefective })
    } else {
      trigger(next, false)
      if (faults.has('doubleTrigger')) bounceAtMs = nowMs + plan.eyeDwellMs + bounceMs
    }
    next = planPart(plan, next.part + 1)
    nextDueMm += next.gapMm
  }

  function bounce(): void {
    const last = parts.at(-1)
    if (bounceAtMs === null || nowMs < bounceAtMs || !last) return
    bounceAtMs = null
    trigger(last.plan, true)
  }

  function wantsToPush(): boolean {
    const isPermitted = isOn.accept && (plan.aliveWithinMs === null || nowMs - aliveTurnedMs <= plan.aliveWithinMs)
    return isOn.reject || isOn.hold || (plan.gate === 'permit' && !isPermitted)
  }

  function movePusher(): void {
    if (wantsToPush() === pusher.isPushing) pusher.turnsAtMs = null
    else pusher.turnsAtMs ??= nowMs + ejectorReactionMs
    if (pusher.turnsAtMs === null || nowMs < pusher.turnsAtMs) return
    pusher.isPushing = !pusher.isPushing
    pusher.turnsAtMs = null
  }

  const within = (part: MovingPart, fromMm: number): boolean => beltMm - part.dueMm >= fromMm && beltMm - part.dueMm < fromMm + partLengthMm

  function pushParts(): void {
    for (const part of parts) {
      if (pusher.isPushing && within(part, gateMm)) part.pushedMs++
      if (part.leftBy !== null || beltMm - part.dueMm < gateMm + partLengthMm) continue
      part.leftBy = part.pushedMs >= ejectorStrokeMs ? 'reject' : 'exit'
      tell({ kind: 'left', atMs: nowMs, part: part.plan.part, by: part.leftBy })
    }
    parts = parts.filter((part) => beltMm - part.dueMm < eyesMm + partLengthMm)
  }

  function look(): void {
    covered.trigger = parts.some((part) => part.plan.part !== unseen && within(part, 0))
    for (const eye of ['reject', 'exit'] as const) {
      const isCovered = parts.some((part) => part.leftBy === eye && within(part, eyesMm))
      if (isCovered && !covered[eye]) {
        eyeCounts[eye]++
        edgeMs[eye] = nowMs
      }
      covered[eye] = isCovered
    }
  }

  function command(output: ConveyorOutput, wanted: boolean, because: 'commanded' | 'silence' = 'commanded'): void {
    if (isOn[output] === wanted || (faults.has('stuckOutput') && output !== 'alive')) return
    isOn[output] = wanted
    if (output === 'alive') aliveTurnedMs = nowMs
    else tell({ kind: 'output', atMs: nowMs, output, isOn: wanted, because })
  }

  function tick(): void {
    nowMs++
    beltMm += speedAt(plan, nowMs) / 1_000
    stalledAtMm = faults.has('encoderStall') ? (stalledAtMm ?? beltMm) : null
    if (plan.outputsHoldMs !== null && nowMs - heardMs > plan.outputsHoldMs) for (const output of outputLamps) command(output, false, 'silence')
    bringParts()
    bounce()
    movePusher()
    pushParts()
    look()
  }

  return {
    faults, eyeCounts,
    get nowMs() { return nowMs },
    get encoderCount() { return encoderCount() },
    get beforeCamera() { return parts.findLast(({ dueMm }) => beltMm - dueMm < plan.viewMm)?.plan ?? null },
    get isEmpty() { return parts.length === 0 },
    isCovered: (eye) => covered[eye] || nowMs - edgeMs[eye] < plan.eyeDwellMs,
    isOn: (output) => isOn[output],
    feedNow: () => { nextDueMm = Math.min(nextDueMm, beltMm) },
    stopFeeding: () => { isFed = false },
    hear: () => { heardMs = nowMs },
    command,
    advance(toMs) { while (nowMs + 1 <= toMs) tick() },
    onEvent: (listener) => { listeners.add(listener) },
  }
}
