import type { CameraSettings } from '../../domain/frame.ts'
import type { PartId } from '../../domain/ids.ts'
import { succeed } from '../../domain/result.ts'
import type { CameraPort } from '../../ports/camera.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { readPart } from './partPicture.ts'

const name = 'judge'

/** A camera over the judge's conveyor that takes a picture when it is asked to: `look` brings what is before it at that moment. */
export function pictureCamera(look: () => Promise<Uint8Array>, clock: ClockPort): CameraPort {
  let taken: Uint8Array = new Uint8Array()
  return {
    name,
    isSimulated: true,
    open: async (settings: CameraSettings) => succeed(settings),
    async awaitTrigger({ signal }) {
      taken = await look()
      const { part } = readPart({ bytes: taken })
      return signal.aborted ? undefined : { partId: `picture-${part}` as PartId, sequence: part, sourceKey: `judge:${clock.newId()}`, edgeMs: clock.monotonicMs() }
    },
    capture: async ({ sequence }) =>
      succeed({
        camera: name, sequence, original: { bytes: taken, mediaType: 'image/x-portable-anymap' as const },
        settings: { asked: {}, achieved: {} }, monotonicMs: clock.monotonicMs(), wallTime: clock.wallTime(), isSimulated: true,
      }),
    confirm: async () => undefined,
    preview: async () => undefined,
    health: () => ({ status: 'ok', detail: name }),
    close: async () => undefined,
  }
}
