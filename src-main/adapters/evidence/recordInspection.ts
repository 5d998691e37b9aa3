import type { OriginalImage } from '../../domain/frame.ts'
import { fault } from '../../domain/fault.ts'
import type { ClosedInspection, Inspection } from '../../domain/inspection.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { DiskGuard } from './diskGuard.ts'
import type { imageStore } from './imageStore.ts'
import type { inspectionStore } from './inspectionStore.ts'
import { storageFault } from './storageFault.ts'

interface Shelves {
  readonly disk: Pick<DiskGuard, 'claim'>
  readonly images: ReturnType<typeof imageStore>
  readonly inspections: ReturnType<typeof inspectionStore>
}

/** A record beside its image: readings with heat maps, indexes and the write-ahead log. */
const recordBytes = 256 * 1024

/**
 * Image first, row second: a crash in between leaves a file without a row, which the next start puts into quarantine, and never a row
 * that promises an image that was not there. The image's hash, size, type and place are the store's to say and replace what
 * the caller put into `frame.image`; a hash that the caller knows already is compared (evidence/integrity, and nothing is written).
 * Throws the disk's errors, and when there is a frame without bytes or the other way round.
 */
export function recordInspection({ disk, images, inspections }: Shelves, inspection: Inspection, original: OriginalImage | null): Result<ClosedInspection> {
  if ((inspection.frame === null) !== (original === null)) throw new Error(`inspection ${inspection.resultId}: a frame and its bytes come together`)
  const refused = inspections.refuseTwin(inspection)
  if (!refused.ok) return refused
  const room = disk.claim(recordBytes + (original?.bytes.byteLength ?? 0))
  if (!room.ok) return room
  if (!inspection.frame || !original) return succeed(inspections.add(inspection))

  const image = images.describe(inspection, original)
  const expected = inspection.frame.image.sha256
  if (expected && expected !== image.sha256) return fail(fault('evidence/integrity', `the image's hash is ${image.sha256}, its capture said ${expected}`))
  images.place(image, original.bytes)
  try {
    return succeed(inspections.add({ ...inspection, frame: { ...inspection.frame, image } }))
  } catch (error) {
    // Any other trouble leaves in doubt whether the row was committed, and then the image must stay.
    if (storageFault(error)?.code === 'evidence/diskFull') images.remove(image)
    throw error
  }
}
