import type { Alignment, Pose } from '../../domain/alignment.ts'
import type { Crop } from '../../domain/frame.ts'
import { succeed, type Result } from '../../domain/result.ts'
import type { PixelsPort } from '../../ports/pixels.ts'
import { openThread } from '../lane/openThread.ts'
import type { AlignRequest, CutRequest, OpenedImage, OpenRequest, PreviewRequest, TeachRequest } from './pixelsMethods.ts'

/** Pixels through sharp, in a thread whose entry file (`hosts/pixelsThread`) is `entry`. A thread that died is started anew by the next call. */
export function createSharpPixels(entry: URL): PixelsPort {
  const thread = openThread('pixels', entry)
  return {
    async open(capture, maxPixels) {
      const request: OpenRequest = capture.pixels ? { pixels: capture.pixels } : { bytes: capture.original.bytes, maxPixels }
      const opened = await thread.call<Result<OpenedImage>>('open', request)
      return opened.ok ? succeed({ ...capture, ...opened.value }) : opened
    },
    cut: (image, plans, pose) => thread.call<readonly Crop[]>('cut', { image, plans: plans.map(({ id, shape, masks, model }) => ({ id, shape, masks, model })), ...(pose && { pose }) } satisfies CutRequest),
    align: (image, alignment) => thread.call<Result<Pose>>('align', { image, alignment } satisfies AlignRequest),
    teachAlignment: (golden, lesson) => thread.call<Result<Alignment>>('teachAlignment', { golden, lesson } satisfies TeachRequest),
    preview: (image, maxWidthPx) => thread.call<Uint8Array>('preview', { image, maxWidthPx } satisfies PreviewRequest),
    close: () => thread.close(),
  }
}
