import type { Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { Result } from '../../domain/result.ts'
import type { DiskGuard } from './diskGuard.ts'
import { walBytesAlarm } from './openDatabase.ts'
import { storageFault } from './storageFault.ts'

/** The store's health, worst first, from what its calls have met and from the disk as it is now. */
export function storeHealth(disk: DiskGuard) {
  let unavailable: Fault | undefined
  let damaged: Fault | undefined
  return {
    /** Every answer passes here. A disk that could not be written is well again after the next write, a damaged file stays damaged. */
    hear<T>(result: Result<T>, isWrite: boolean): Result<T> {
      if (result.ok) unavailable = isWrite ? undefined : unavailable
      else if (result.fault.code === 'evidence/unavailable') unavailable = result.fault
      else if (result.fault.code === 'evidence/integrity') damaged = result.fault
      return result
    },

    now(): Health {
      try {
        return worst(unavailable, damaged, disk)
      } catch (error) {
        return { status: 'failure', detail: storageFault(error)?.detail ?? String(error) }
      }
    },
  }
}

function worst(unavailable: Fault | undefined, damaged: Fault | undefined, disk: DiskGuard): Health {
  const free = `${(disk.freeBytes() / 1e9).toFixed(1)} GB free`
  if (unavailable) return { status: 'failure', detail: unavailable.detail }
  if (disk.isFull()) return { status: 'failure', detail: `${free}, which leaves no room beside the reserve` }
  if (damaged) return { status: 'outOfSpecification', detail: damaged.detail }
  if (disk.walBytes() > walBytesAlarm) return { status: 'outOfSpecification', detail: `the write-ahead log has ${disk.walBytes()} bytes: something holds the database` }
  return { status: 'ok', detail: free }
}
