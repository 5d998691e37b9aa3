import type { PixelImage } from '../domain/frame.ts'

/** A black image in shared memory, so that the threads of the program look at the same pixels without a copy. */
export const newImage = (widthPx: number, heightPx: number, channels: 1 | 3): PixelImage => ({
  widthPx,
  heightPx,
  channels,
  data: new Uint8Array(new SharedArrayBuffer(widthPx * heightPx * channels)),
})
