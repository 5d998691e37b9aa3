import { notifyFault, notifyOffline } from '../store/notices.ts'
import type { Fault } from '../client/stationClient.ts'

/** Starts work that answers when it is over. Having cancelled it is no news to the one who did. */
export async function runJob(asked: Promise<{ ok: true } | { ok: false; fault: Fault }>): Promise<void> {
  try {
    const answer = await asked
    if (!answer.ok && answer.fault.code !== 'learning/cancelled') notifyFault(answer.fault)
  } catch {
    notifyOffline()
  }
}
