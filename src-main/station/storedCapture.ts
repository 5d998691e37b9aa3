import type { Capture, OriginalImage } from '../domain/frame.ts'

/** A picture that comes from the store instead of a camera, to be opened the same way. */
export const storedCapture = (original: OriginalImage): Capture => ({
  camera: 'store',
  sequence: 0,
  original,
  settings: { asked: {}, achieved: {} },
  monotonicMs: 0,
  wallTime: '',
  isSimulated: false,
})
