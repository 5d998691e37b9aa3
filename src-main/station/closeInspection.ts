import type { Fault } from '../domain/fault.ts'
import type { ClosedInspection, OutputReceipt } from '../domain/inspection.ts'
import type { Line } from './line.ts'

export interface HandledPart {
  readonly inspection: ClosedInspection
  /** Resolves when the output has been driven and its receipt is stored; parts behind this one do not wait for it. */
  readonly closed: Promise<ClosedInspection>
  /** Trouble beyond this part: it must latch or hold the station. */
  readonly stationFault: Fault | null
}

/** The receipt joins the record. */
export async function closeInspection({ evidence }: Line, recorded: ClosedInspection, driven: Promise<OutputReceipt>): Promise<ClosedInspection> {
  const receipt = await driven
  const closed = await evidence.close(recorded.resultId, receipt)
  return closed.ok ? closed.value : { ...recorded, receipt }
}

/** There is no record: the receipt is for whoever watches. */
export const closeUnrecorded = (unrecorded: ClosedInspection, driven: Promise<OutputReceipt>): Promise<ClosedInspection> =>
  driven.then((receipt) => ({ ...unrecorded, receipt }))
