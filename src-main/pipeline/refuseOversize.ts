import { fault, type Fault } from '../domain/fault.ts'

/** Called with the size that a header claims, before any memory is taken for the pixels. */
export function refuseOversize(widthPx: number, heightPx: number, maxPixels: number): Fault | undefined {
  const pixels = widthPx * heightPx
  if (pixels <= maxPixels) return undefined
  return fault('frame/tooLarge', `the image is ${widthPx}×${heightPx} px, over the limit of ${maxPixels} pixels`, { measured: pixels, limit: maxPixels })
}
