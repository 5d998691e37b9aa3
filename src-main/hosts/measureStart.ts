import { succeed, type Result } from '../domain/result.ts'
import { parityDocument, type ParityRecord } from '../station/parityProof.ts'
import { composeStation, type ComposedStation, type StationOptions } from './compose.ts'

/** A cold start of a commissioned station: nothing of it ran before. */
export interface ColdStart {
  /** From opening the data folder to READY: processes forked, model loaded and warm, pinned frames scored, camera and outputs open. */
  readonly readyMs: number
  /** Of this, scoring the pinned frames. */
  readonly parityMs: number
  /** Frame in memory → disposition, of the first part. */
  readonly firstDecisionMs: number
}

/** Starts the commissioned station of a data folder, lets it judge one part, and closes it again. */
export async function measureStart(options: Omit<StationOptions, 'onClosed'>): Promise<Result<ColdStart>> {
  const first = Promise.withResolvers<number>()
  const startedMs = performance.now()
  const station = await composeStation({ ...options, onClosed: ({ timingsMs }) => { if (timingsMs.decision !== undefined) first.resolve(timingsMs.decision) } })
  try {
    const resumed = await station.control.resume()
    const running = resumed.ok ? await station.control.run() : resumed
    if (!running.ok) return running
    const readyMs = await untilReady(station.control).then(() => performance.now() - startedMs)
    const firstDecisionMs = await first.promise
    const parity = await station.evidence.loadDocument(parityDocument)
    return parity.ok ? succeed({ readyMs, parityMs: (parity.value as ParityRecord).tookMs, firstDecisionMs }) : parity
  } finally {
    await station.close()
  }
}

async function untilReady({ views }: ComposedStation['control']): Promise<void> {
  const before = ['boot', 'preoperational', 'offline', 'initialized']
  for (let shown = await views.after(0); shown && before.includes(shown.value.state); shown = await views.after(shown.version));
}
