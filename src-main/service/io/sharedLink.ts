import { succeed } from '../../domain/result.ts'
import type { StationMode } from '../../domain/station.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'
import type { ActiveRecipe, Devices } from '../../station/prepareLine.ts'
import { tapPlc, type PlcEar } from './tapPlc.ts'

/** The one PLC that is open, whoever opened it. */
export interface OpenLink {
  readonly plc: PlcPort
  readonly target: string
  readonly wiring: LineWiring
}

export interface LinkParts extends Pick<PlcEar, 'onTracked' | 'onOrder' | 'onReceipt'> {
  readonly mode: () => StationMode
  readonly active: () => ActiveRecipe | null
  /** Before our own link is closed: whatever was switched over it goes off. */
  readonly beforeClose: () => Promise<void>
  /** Another link, or none, or it is well or ill. */
  readonly onChange: () => void
}

/**
 * Hears every PLC that station and wizard open, and opens the one of a stopped station for whoever looks at it. There is one link at
 * a time: ours is closed before anybody else opens one.
 */
export class SharedLink {
  readonly #parts: LinkParts
  #devices: Devices | null = null
  #current: OpenLink | null = null
  #own: PlcPort | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(parts: LinkParts) {
    this.#parts = parts
  }

  get current(): OpenLink | null { return this.#current }

  /** The same devices, each PLC with an ear on it. */
  tap(devices: Devices): Devices {
    this.#devices = devices
    return {
      ...devices,
      openPlc: async (target) => {
        await this.closeOwn()
        const opened = await devices.openPlc(target)
        return opened.ok ? succeed(this.#listenTo(target, opened.value)) : opened
      },
    }
  }

  /** A stopped station has closed its PLC; somebody who looks at it needs it open. Nothing to do otherwise. */
  openOwn(signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const active = this.#parts.active()
      if (this.#current || this.#own || signal.aborted || this.#parts.mode() !== 'stopped' || !active || !this.#devices) return
      const { recipe, plcTarget } = active
      const opened = await this.#devices.openPlc(plcTarget)
      if (!opened.ok) return
      this.#own = this.#listenTo(plcTarget, opened.value)
      await this.#own.open({ outputs: recipe.outputs, ...(recipe.line && { line: recipe.line }) })
    })
  }

  closeOwn(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#parts.beforeClose()
      const own = this.#own
      this.#own = null
      await own?.close()
    })
  }

  #listenTo(target: string, plc: PlcPort): PlcPort {
    const { onTracked, onOrder, onReceipt, onChange } = this.#parts
    const tapped: PlcPort = tapPlc(plc, {
      onTracked, onOrder, onReceipt,
      onHealth: onChange,
      onOpen: (wiring) => {
        this.#current = { plc: tapped, target, wiring }
        onChange()
      },
      onClosed: () => {
        if (this.#current?.plc !== tapped) return
        this.#current = null
        onChange()
      },
    })
    return tapped
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
