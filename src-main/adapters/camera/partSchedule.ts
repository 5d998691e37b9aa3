import type { ClockPort } from '../../ports/clock.ts'

export interface PartSchedule {
  /** When the next part comes under the camera, in monotonic ms: at once when that was in the past already. */
  nextEdgeMs(): number
  /** The part of that edge is under the camera from now on. */
  arrived(edgeMs: number): void
  /** The station is done with the part that is there. */
  finished(): void
  /** Whether the part of that edge has left the camera's sight. */
  hasPassed(edgeMs: number): boolean
}

/** A line whose station has not answered for so many parts is stopped by somebody. */
const standstillParts = 5

/**
 * A line that moves on every `intervalMs`, also while the station is busy: then triggers come late, with the time at which they were
 * due. While the station does not ask for parts the line stands, and starts again with the next question.
 */
export function movingLine(clock: ClockPort, intervalMs: number): PartSchedule {
  let lastEdgeMs: number | undefined
  let finishedMs: number | undefined
  return {
    nextEdgeMs() {
      const nowMs = clock.monotonicMs()
      if (lastEdgeMs === undefined) return nowMs
      const dueMs = lastEdgeMs + intervalMs
      const stood = (finishedMs !== undefined && finishedMs <= dueMs) || nowMs - dueMs > standstillParts * intervalMs
      return stood ? Math.max(nowMs, dueMs) : dueMs
    },
    arrived(edgeMs) {
      lastEdgeMs = edgeMs
      finishedMs = undefined
    },
    finished() { finishedMs = clock.monotonicMs() },
    hasPassed: (edgeMs) => clock.monotonicMs() - edgeMs > intervalMs,
  }
}

/** A line that brings a part whenever one is asked for and holds it as long as wanted. */
export const waitingLine = (clock: ClockPort): PartSchedule => ({
  nextEdgeMs: () => clock.monotonicMs(),
  arrived: () => undefined,
  finished: () => undefined,
  hasPassed: () => false,
})
