/** Facts of one line and one station. The decision's latency is measured, from trigger to the call that drives the output. */
export interface LineFacts {
  readonly beltSpeedMmPerS: number
  /** From where a part triggers to where the ejector hits its middle. */
  readonly cameraToEjectorMm: number
  /** From the middle of one part to the middle of the next, at the least. */
  readonly partPitchMm: number
  /** From the coil to the ejector's effect, on and off alike. */
  readonly ejectorReactionMs: number
  readonly fastestDecisionMs: number
  /** p99.9: one part in a thousand may be slower, and its pulse is late. */
  readonly slowestDecisionMs: number
  /** How far a pulse's start, and its width, may be from what was asked: p99.9 of the output lane. */
  readonly timingErrorMs: number
}

export interface WindowMs {
  readonly from: number
  readonly to: number
}

/** A number of `LineFacts` that must become at least or at most this, the others staying as they are. */
export interface NeededChange {
  readonly fact: keyof LineFacts
  readonly bound: 'atLeast' | 'atMost'
  readonly value: number
}

export interface TimeBudget {
  /** From the trigger until the part's middle is before the ejector. */
  readonly travelMs: number
  readonly pitchMs: number
  /** The smallest of all margins; negative: no delay hits this part and spares its neighbours. */
  readonly marginMs: number
  /** What to change for the margins that are negative. */
  readonly changes: readonly NeededChange[]
  /** Legal delays, counted from the decision as `OutputLine.delayMs` is; null when there is none. */
  readonly delayMs: WindowMs | null
}

/** What the contract grants an output line (PLC link, reject timing). */
export const delayLimitsMs: WindowMs = { from: 0, to: 10_000 }
export const pulseLimitsMs: WindowMs = { from: 5, to: 1_000 }

/**
 * Each part owns the belt half a pitch before and behind its middle. The ejector must act when the middle passes, and only while the
 * part's own stretch does, for the fastest and the slowest decision and the worst timing alike.
 */
export function timeBudget(facts: LineFacts): TimeBudget {
  const { travelMs, pitchMs, jitterMs } = timesOf(facts)
  const { ejectorReactionMs, fastestDecisionMs, slowestDecisionMs, timingErrorMs, beltSpeedMmPerS, cameraToEjectorMm } = facts
  const latest = travelMs - ejectorReactionMs - slowestDecisionMs - timingErrorMs
  const earliest = Math.max(
    travelMs - pitchMs / 2 - ejectorReactionMs - fastestDecisionMs + timingErrorMs,
    travelMs - ejectorReactionMs - fastestDecisionMs + 2 * timingErrorMs - pulseLimitsMs.to,
  )
  const millimetres = (ms: number): number => (ms * beltSpeedMmPerS) / 1_000
  const margins: readonly (NeededChange & { readonly marginMs: number })[] = [
    { marginMs: latest, fact: 'cameraToEjectorMm', bound: 'atLeast', value: cameraToEjectorMm - millimetres(latest) },
    { marginMs: delayLimitsMs.to - earliest, fact: 'cameraToEjectorMm', bound: 'atMost', value: cameraToEjectorMm + millimetres(delayLimitsMs.to - earliest) },
    {
      marginMs: pitchMs / 2 - jitterMs - 4 * timingErrorMs - pulseLimitsMs.from,
      fact: 'partPitchMm',
      bound: 'atLeast',
      value: millimetres(2 * (jitterMs + 4 * timingErrorMs + pulseLimitsMs.from)),
    },
    {
      marginMs: pulseLimitsMs.to - jitterMs - 3 * timingErrorMs,
      fact: 'slowestDecisionMs',
      bound: 'atMost',
      value: fastestDecisionMs + pulseLimitsMs.to - 3 * timingErrorMs,
    },
  ]
  const marginMs = Math.min(...margins.map((one) => one.marginMs))
  return {
    travelMs,
    pitchMs,
    marginMs,
    changes: margins.filter((one) => one.marginMs < 0).map(({ fact, bound, value }) => ({ fact, bound, value })),
    delayMs: marginMs < 0 ? null : { from: Math.max(delayLimitsMs.from, earliest), to: Math.min(delayLimitsMs.to, latest) },
  }
}

/** Legal pulses for a delay out of `TimeBudget.delayMs`: long enough to act when the middle passes, over before the next part's stretch. */
export function pulseWindow(facts: LineFacts, delayMs: number): WindowMs {
  const { travelMs, pitchMs } = timesOf(facts)
  const { ejectorReactionMs, fastestDecisionMs, slowestDecisionMs, timingErrorMs } = facts
  const shortest = travelMs - ejectorReactionMs - fastestDecisionMs - delayMs + 2 * timingErrorMs
  const longest = travelMs + pitchMs / 2 - ejectorReactionMs - slowestDecisionMs - delayMs - 2 * timingErrorMs
  return { from: Math.max(pulseLimitsMs.from, shortest), to: Math.min(pulseLimitsMs.to, longest) }
}

function timesOf({ beltSpeedMmPerS, cameraToEjectorMm, partPitchMm, fastestDecisionMs, slowestDecisionMs }: LineFacts): { travelMs: number; pitchMs: number; jitterMs: number } {
  const milliseconds = (mm: number): number => (mm / beltSpeedMmPerS) * 1_000
  return { travelMs: milliseconds(cameraToEjectorMm), pitchMs: milliseconds(partPitchMm), jitterMs: slowestDecisionMs - fastestDecisionMs }
}
