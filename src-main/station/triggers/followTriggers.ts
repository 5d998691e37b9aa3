import { fault, type Fault } from '../../domain/fault.ts'
import type { PartId } from '../../domain/ids.ts'
import type { TrackedPart } from '../../domain/lineSignals.ts'

/** The last trigger that was heard; null before the first. */
export type LastTrigger = { readonly triggerNumber: number; readonly partId: PartId | null } | null

/**
 * trigger/outOfStep when this trigger does not follow the last one: a number left out or given twice, or a part named again. Whatever
 * it is, the next one is held against it.
 */
export function stepFault(last: LastTrigger, { triggerNumber, partId }: TrackedPart): Fault | null {
  if (!last) return null
  const expected = last.triggerNumber + 1
  if (triggerNumber !== expected) return fault('trigger/outOfStep', `trigger ${triggerNumber} came after trigger ${last.triggerNumber}`, { measured: triggerNumber, limit: expected })
  if (partId !== null && partId === last.partId) return fault('trigger/outOfStep', `part ${partId} was announced twice`)
  return null
}
