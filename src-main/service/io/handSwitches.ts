import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'

/** Arming wears off, and so does every coil that is on: nobody walks away from a live machine. */
export const onForMs = 60_000

interface Switched {
  readonly plc: PlcPort
  readonly untilMs: number
  readonly limit: AbortController
}

/** Coils moved by hand, by the one screen that is armed. */
export class HandSwitches {
  readonly #clock: ClockPort
  readonly #onChange: () => void
  readonly #on = new Map<number, Switched>()
  #armed: { readonly screen: object; readonly untilMs: number } | null = null

  constructor(clock: ClockPort, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  /** Null: nobody is armed. */
  get armedLeftMs(): number | null {
    const leftMs = this.#armed ? this.#armed.untilMs - this.#clock.monotonicMs() : 0
    return leftMs > 0 ? leftMs : null
  }

  get on(): readonly { readonly coil: number; readonly leftMs: number }[] {
    return [...this.#on].map(([coil, { untilMs }]) => ({ coil, leftMs: Math.max(0, untilMs - this.#clock.monotonicMs()) }))
  }

  isArmedBy(screen: object): boolean { return this.armedLeftMs !== null && this.#armed?.screen === screen }

  /** Again by the same screen: another minute. */
  arm(screen: object): Result<null> {
    if (this.armedLeftMs !== null && this.#armed?.screen !== screen) return fail(fault('request/wrongMode', 'another screen is armed'))
    this.#armed = { screen, untilMs: this.#clock.monotonicMs() + onForMs }
    this.#onChange()
    return succeed(null)
  }

  async set(plc: PlcPort, coil: number, isOn: boolean): Promise<Result<null>> {
    this.#on.get(coil)?.limit.abort()
    this.#on.delete(coil)
    if (isOn) this.#hold(plc, coil)
    const moved = await plc.force(coil, isOn)
    if (!moved.ok) this.#release(coil)
    this.#onChange()
    return moved.ok ? succeed(null) : moved
  }

  /** Disarmed, and every coil written off; what could not be written is off as soon as its link is back. */
  async allOff(): Promise<void> {
    this.#armed = null
    const on = [...this.#on]
    this.forget()
    await Promise.all(on.map(([coil, { plc }]) => plc.force(coil, false)))
  }

  /** The link is gone, and its owner has written every coil off. */
  forget(): void {
    this.#armed = null
    for (const coil of [...this.#on.keys()]) this.#release(coil)
    this.#onChange()
  }

  #hold(plc: PlcPort, coil: number): void {
    const limit = new AbortController()
    this.#on.set(coil, { plc, untilMs: this.#clock.monotonicMs() + onForMs, limit })
    void this.#clock.sleep(onForMs, limit.signal).then(async () => {
      if (limit.signal.aborted) return
      this.#release(coil)
      await plc.force(coil, false)
      this.#onChange()
    })
  }

  #release(coil: number): void {
    this.#on.get(coil)?.limit.abort()
    this.#on.delete(coil)
  }
}
