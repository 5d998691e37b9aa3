import { fault, type Fault } from '../domain/fault.ts'
import type { LineSettings } from '../domain/lineSettings.ts'
import type { OutputWiring } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { PlcPort } from '../ports/plc.ts'
import type { DraftCamera } from '../station/commissioning/draft.ts'
import type { Devices } from '../station/prepareLine.ts'

export interface DraftDevicesParts extends Devices {
  readonly pixels: Pick<PixelsPort, 'open'>
  readonly maxPixels: number
  readonly onChange: () => void
}

/** The camera and the PLC that a draft has chosen, while they are open. One that cannot be opened takes the place of none. */
export class DraftDevices {
  readonly #parts: DraftDevicesParts
  #camera: CameraPort | null = null
  #plc: PlcPort | null = null

  constructor(parts: DraftDevicesParts) { this.#parts = parts }

  get camera(): CameraPort | null { return this.#camera }
  get plc(): PlcPort | null { return this.#plc }

  async openCamera(source: string): Promise<Result<CameraPort>> {
    await this.#camera?.close()
    this.#camera = null
    const camera = await this.#parts.openCamera(source)
    const opened = camera.ok ? await camera.value.open({}) : camera
    if (!opened.ok || !camera.ok) return opened as { ok: false; fault: Fault }
    this.#camera = camera.value
    return camera
  }

  /** What the camera shows and how it is set. Fault: camera/timeout while it has shown nothing, and those of opening a picture. */
  async look(camera: CameraPort): Promise<Result<Pick<DraftCamera, 'achieved' | 'frameSize'>>> {
    const shown = await camera.preview()
    if (!shown) return fail(fault('camera/timeout', `${camera.name} has shown no picture yet; put one in its folder, then choose it again`))
    const opened = shown.ok ? await this.#parts.pixels.open(shown.value, this.#parts.maxPixels) : shown
    if (!opened.ok) return opened
    const { image, settings } = opened.value
    return succeed({ achieved: settings.achieved, frameSize: { widthPx: image.widthPx, heightPx: image.heightPx } })
  }

  async openPlc(target: string, wiring: OutputWiring, line: LineSettings | undefined): Promise<Result<PlcPort>> {
    await this.#plc?.close()
    this.#plc = null
    const plc = await this.#parts.openPlc(target)
    const opened = plc.ok ? await plc.value.open({ outputs: wiring, ...(line && { line }) }) : plc
    if (!opened.ok || !plc.ok) return opened as { ok: false; fault: Fault }
    this.#plc = plc.value
    plc.value.onHealth(this.#parts.onChange)
    this.#parts.onChange()
    return plc
  }

  async close(): Promise<void> {
    await Promise.all([this.#camera?.close(), this.#plc?.close()])
    this.#camera = this.#plc = null
  }
}
