import { fault } from '../domain/fault.ts'
import type { Capture, Frame } from '../domain/frame.ts'
import type { InspectionId } from '../domain/ids.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { LiveFrame } from '../../src-preload/contract/views.ts'
import { Latest } from './latest.ts'
import { storedCapture } from '../station/storedCapture.ts'

/** A picture that could be shown; it is made only when a screen asks for it, and once for all who ask. */
interface Picture {
  readonly resultId: InspectionId | null
  readonly make: () => Promise<Result<Omit<LiveFrame, 'sequence'>>>
}

export interface PictureParts {
  readonly clock: ClockPort
  readonly evidence: EvidencePort
  /** A lane of its own: drawing for screens never waits in front of a part. */
  readonly pixels: PixelsPort
}

const liveWidthPx = 1280
const previewIntervalMs = 60
const maxPixels = 64_000_000

/** Pictures for screens: the last part while the line runs, what the camera sees while it is commissioned. Newest wins. */
export class Pictures {
  readonly #parts: PictureParts
  readonly #latest = new Latest<Picture>()

  constructor(parts: PictureParts) { this.#parts = parts }

  showPart({ resultId, isSimulated, frame }: ClosedInspection): void {
    if (!frame) return
    this.#latest.set({ resultId, make: once(async () => {
      const stored = await this.#parts.evidence.image(resultId)
      return stored.ok ? this.#draw({ ...storedCapture(stored.value), isSimulated }, resultId) : stored
    }) })
  }

  /** Follows the camera until the signal is aborted; a picture that has not changed is not shown again. */
  async follow(camera: () => CameraPort | null, signal: AbortSignal): Promise<void> {
    let shown: Capture['original'] | undefined
    while (!signal.aborted) {
      const capture = await camera()?.preview()
      if (capture?.ok && capture.value.original !== shown) {
        shown = capture.value.original
        this.#latest.set({ resultId: null, make: once(() => this.#draw(capture.value, null)) })
      }
      await this.#parts.clock.sleep(previewIntervalMs, signal)
    }
  }

  async next(after: number, signal: AbortSignal | undefined): Promise<Result<LiveFrame>> {
    const next = await this.#latest.after(after, signal)
    if (!next) return fail(fault('station/interrupted', 'the caller went away'))
    const made = await next.value.make()
    return made.ok ? succeed({ ...made.value, sequence: next.version }) : made
  }

  async stored(original: Parameters<typeof storedCapture>[0], maxWidthPx: number): Promise<Result<Blob>> {
    const opened = await this.#parts.pixels.open(storedCapture(original), maxPixels)
    return opened.ok ? succeed(await this.#encode(opened.value, maxWidthPx)) : opened
  }

  async #draw(capture: Capture, resultId: InspectionId | null): Promise<Result<Omit<LiveFrame, 'sequence'>>> {
    const opened = await this.#parts.pixels.open(capture, maxPixels)
    if (!opened.ok) return opened
    const { image, quality, isSimulated } = opened.value
    const { focus, meanLevel, clippedFraction, histogram } = quality
    return succeed({
      resultId, isSimulated, widthPx: image.widthPx, heightPx: image.heightPx,
      jpeg: await this.#encode(opened.value, liveWidthPx),
      quality: { focus, meanLevel, clippedFraction, histogram: [...histogram] },
    })
  }

  async #encode({ image }: Frame, maxWidthPx: number): Promise<Blob> {
    const jpeg = await this.#parts.pixels.preview(image, maxWidthPx)
    return new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' })
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
