import { fault, type Fault } from '../../domain/fault.ts'
import type { PartId } from '../../domain/ids.ts'
import type { PartIdSource } from '../../domain/lineSettings.ts'

export interface NamedPart {
  readonly partId: PartId
  /** trigger/noPartId: nobody could trace the part afterwards, so it is not accepted. */
  readonly fault: Fault | null
}

/** What is known of a part's name: by the line, by the camera, and its number at this station. */
export interface NameHints {
  readonly fromLine: PartId | null
  readonly fromCamera: PartId | null
  readonly sequence: number
}

/** A part that its source leaves without a name gets one from the count, so that its record can be found. */
export function namePart(source: PartIdSource, { fromLine, fromCamera, sequence }: NameHints): NamedPart {
  const count = String(sequence).padStart(6, '0')
  switch (source.kind) {
    case 'counter':
      return { partId: `${source.prefix}${count}` as PartId, fault: null }
    case 'camera':
      return { partId: fromCamera ?? (`unseen-${count}` as PartId), fault: null }
    default: {
      if (fromLine !== null) return { partId: fromLine, fault: null }
      const who = source.kind === 'barcode' ? `the scanner on ${source.path} gave no code` : 'the PLC gave no part id'
      return { partId: `unnamed-${count}` as PartId, fault: fault('trigger/noPartId', who) }
    }
  }
}
