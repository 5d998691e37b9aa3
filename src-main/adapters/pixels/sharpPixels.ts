import type { Crop } from '../../domain/frame.ts'
import { succeed, type Result } from '../../domain/result.ts'
import type { PixelsPort } from '../../ports/pixels.ts'
import { openThread } from '../lane/openThread.ts'
import type { CutRequest, OpenedImage, OpenRequest, PreviewRequest } from './pixelsMethods.ts'

/** Pixels through sharp, in a thread whose entry file (`hosts/pixelsThread`) is `entry`. A thread that died is started anew by the next call. */
export function createSharpPixels(entry: URL): PixelsPort {
  const thread = openThread('pixels', entry)
  return {
    async open(capture, maxPixels) {
      const request: OpenRequest = capture.pixels ? { pixels: capture.pixels } : { bytes: capture.original.bytes, maxPixels }
      const opened = await thread.call<Result<OpenedImage>>('open', request)
      return opened.ok ? succeed({ ...capture, ...opened.value }) : opened
    },
    cut: (image, plans) => thread.call<readonly Crop[]>('cut', { image, plans: plans.map(({ id, shape, masks, model }) => ({ id, shape, masks, model })) } satisfies CutRequest),
    preview: (image, maxWidthPx) => thread.call<Uint8Array>('preview', { image, maxWidthPx } satisfies PreviewRequest),
    close: () => thread.close(),
  }
}
