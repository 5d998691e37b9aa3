import type { LiveFrame, StationClient } from './stationClient.ts'

const retryMs = 500
const beforeAnyFrame = -1

/**
 * Asks for one picture after the other until `signal` ends; `show` is awaited, so whoever draws slowly sees fewer pictures and never a
 * queue of old ones. After a loss it begins anew, for a restarted station counts from the start.
 */
export async function pullFrames(client: StationClient, signal: AbortSignal, show: (frame: LiveFrame) => Promise<void>): Promise<void> {
  let after = beforeAnyFrame
  while (!signal.aborted) {
    try {
      const answer = await client.live.nextFrame({ after }, { signal })
      if (signal.aborted) return
      if (answer.ok) {
        await show(answer.value)
        after = answer.value.sequence
        continue
      }
    } catch {
      // Out of reach: the banner says so, here only the next try counts.
    }
    after = beforeAnyFrame
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}
