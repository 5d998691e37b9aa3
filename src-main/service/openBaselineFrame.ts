import type { EvidencePort } from '../ports/evidence.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { BaselineFrame } from '../station/commissioning/draft.ts'
import { storedCapture } from '../station/storedCapture.ts'

interface BaselineRoom {
  readonly evidence: Pick<EvidencePort, 'fetch'>
  readonly pixels: Pick<PixelsPort, 'open'>
  readonly maxPixels: number
}

/** A good part out of the store, decoded and measured. Faults: those of the store and of opening a picture. */
export async function openBaselineFrame({ id, mediaType }: Pick<BaselineFrame, 'id' | 'mediaType'>, { evidence, pixels, maxPixels }: BaselineRoom): ReturnType<PixelsPort['open']> {
  const bytes = await evidence.fetch('baseline', id)
  return bytes.ok ? pixels.open(storedCapture({ bytes: bytes.value, mediaType }), maxPixels) : bytes
}
