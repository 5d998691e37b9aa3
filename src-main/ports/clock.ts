/** Time and identity, so that the pure rooms can be run in any time and give the same answer. */
export interface ClockPort {
  /** Milliseconds since an arbitrary start; never steps back. All deadlines and durations use this one. */
  monotonicMs(): number
  /** UTC, ISO 8601 with milliseconds: for people and records, never for a deadline. */
  wallTime(): string
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** A fresh identifier, unique for ever and sortable by time (UUID version 7, RFC 9562). */
  newId(): string
}
