import { notifyFault, notifyOffline } from '../store/notices.ts'
import type { Fault } from './stationClient.ts'

type Answer<T> = { ok: true; value: T } | { ok: false; fault: Fault }

/**
 * Awaits an answer and shows its fault, or that the station did not answer. Whoever calls needs to look at `ok` only.
 * Example: `if ((await call(client.commissioning.learn())).ok) …`
 */
export async function call<T>(asked: Promise<Answer<T>>): Promise<{ ok: true; value: T } | { ok: false }> {
  try {
    const answer = await asked
    if (!answer.ok) notifyFault(answer.fault)
    return answer
  } catch {
    notifyOffline()
    return { ok: false }
  }
}
