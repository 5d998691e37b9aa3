import { call } from '../client/call.ts'
import type { Fault, SessionView } from '../client/stationClient.ts'
import { useMirror } from '../store/mirror.ts'

/** A session command: its answer is the new session, shown at once instead of at the next sign of life. True when it was taken. */
export async function callSession(asked: Promise<{ ok: true; value: SessionView } | { ok: false; fault: Fault }>): Promise<boolean> {
  const answer = await call(asked)
  if (answer.ok) useMirror.setState({ session: answer.value })
  return answer.ok
}
