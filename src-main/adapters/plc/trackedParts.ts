import { fault, type Fault } from '../../domain/fault.ts'
import type { OutputOrder, TrackedPart } from '../../domain/lineSignals.ts'
import type { GivenReject } from './lineOrders.ts'

/** Parts between trigger and ejector, and a good many behind it whose decision may still come. */
export const rememberedParts = 256

/** What is to become of an order. `gone`: the part has reached its ejector without it. */
export type Ruling = { readonly kind: 'free' } | { readonly kind: 'tracked' | 'gone'; readonly reject: GivenReject }

export interface TrackedParts {
  /** Asked again for the same part it changes nothing. */
  track(part: TrackedPart): void
  /** Any order but a reject takes the waiting reject back. */
  rule(order: OutputOrder): Ruling
  forget(): void
}

const decidedOtherwise: Fault = fault('station/interrupted', 'the part was decided otherwise')

/**
 * The parts between trigger and ejector. Each is a reject from the start: its pulse waits for the part, and only the part's own order,
 * found by trigger number and edge, takes it back.
 */
export function trackedParts(giveReject: (part: TrackedPart) => GivenReject): TrackedParts {
  const parts = new Map<string, GivenReject>()
  /** Where the triggers are counted anew, a number comes again; an edge does not. */
  const keyOf = ({ triggerNumber, edgeMs }: TrackedPart): string => `${triggerNumber} ${edgeMs}`

  return {
    track(part) {
      if (parts.has(keyOf(part))) return
      parts.set(keyOf(part), giveReject(part))
      if (parts.size > rememberedParts) parts.delete(parts.keys().next().value!)
    },
    rule({ output, part }) {
      const reject = part ? parts.get(keyOf(part)) : undefined
      if (!reject) return { kind: 'free' }
      if (!reject.pulse.isToCome()) return { kind: 'gone', reject }
      if (output === 'reject') return { kind: 'tracked', reject }
      reject.pulse.cancel(decidedOtherwise)
      return { kind: 'free' }
    },
    forget: () => { parts.clear() },
  }
}
