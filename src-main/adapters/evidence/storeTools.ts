import type { ClockPort } from '../../ports/clock.ts'

/** RFC 8785; the one that recipes are hashed with. */
export type CanonicalJson = (value: unknown) => string

/** What the store needs of the rooms it may not know; `hosts/evidenceThread.ts` hands them in. */
export interface StoreTools {
  readonly clock: Pick<ClockPort, 'wallTime' | 'sleep'>
  readonly canonicalJson: CanonicalJson
}
