import { fault, type Fault } from '../../domain/fault.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import { succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LinkRequests } from './linkRequests.ts'

/** What is known after a coil was written and read. `atMs` is null when the coil is not known to have changed. */
export interface CoilStep {
  readonly atMs: number | null
  readonly readBack: Exclude<OutputReceipt['readBack'], 'notWired'>
  readonly fault: Fault | null
}

export interface CheckedCoils {
  /**
   * Writes the coil and reads it back, with nothing in between. `refusal` is asked when its turn has come: a Fault leaves the
   * coil alone. `atMs` is when the write left; for a write without answer that a read-back confirmed, when that was known.
   */
  set(coil: number, isOn: boolean, refusal?: () => Fault | null): Promise<CoilStep>
  read(coil: number): Promise<Result<boolean>>
  /** Reads the coil and compares it with what was last written. */
  check(coil: number): Promise<void>
  /** Coils that did not do as they were told, until they do. */
  faults(): readonly Fault[]
  /** What was seen and found wrong belongs to a connection or a wiring that is gone. */
  forget(): void
  onCoil(listener: (coil: number, isOn: boolean) => void): () => void
}

/** `onFaults` is called when `faults()` may have changed. */
export function checkedCoils({ queue, writeCoil, read }: LinkRequests, clock: ClockPort, onFaults: () => void): CheckedCoils {
  const wanted = new Map<number, boolean>()
  const seen = new Map<number, boolean>()
  const faults = new Map<number, Fault>()
  const listeners = new Set<(coil: number, isOn: boolean) => void>()

  const note = (coil: number, trouble: Fault | null): void => {
    if (trouble) faults.set(coil, trouble)
    else faults.delete(coil)
    onFaults()
  }

  async function readBack(coil: number): Promise<Result<boolean>> {
    const { result } = await read('coil', coil, 1)
    if (!result.ok) return result
    const isOn = result.value[0] === 1
    const changed = seen.get(coil) !== isOn
    seen.set(coil, isOn)
    if (changed) for (const listener of listeners) listener(coil, isOn)
    return succeed(isOn)
  }

  const disagreement = (coil: number, isOn: boolean): Fault =>
    fault('plc/noReadback', `coil ${coil} was written ${isOn ? 'on' : 'off'} and reads ${isOn ? 'off' : 'on'}`)

  async function writeAndRead(coil: number, isOn: boolean): Promise<CoilStep> {
    const leftMs = clock.monotonicMs()
    wanted.set(coil, isOn)
    const written = await writeCoil(coil, isOn)
    if (!written.ok && written.fault.code === 'plc/unreachable') return { atMs: null, readBack: 'unknown', fault: written.fault }
    const found = await readBack(coil)
    const agrees = found.ok && found.value === isOn
    const trouble = !written.ok ? written.fault : !found.ok ? found.fault : agrees ? null : disagreement(coil, isOn)
    note(coil, trouble)
    return {
      atMs: written.ok ? leftMs : agrees ? clock.monotonicMs() : null,
      readBack: !found.ok ? 'unknown' : agrees ? 'agrees' : 'disagrees',
      fault: trouble,
    }
  }

  return {
    set: (coil, isOn, refusal) =>
      queue(async () => {
        const refused = refusal?.() ?? null
        return refused ? { atMs: null, readBack: 'unknown', fault: refused } : writeAndRead(coil, isOn)
      }),
    read: (coil) => queue(() => readBack(coil)),
    check: (coil) =>
      queue(async () => {
        const isOn = wanted.get(coil) ?? false
        const found = await readBack(coil)
        if (found.ok) note(coil, found.value === isOn ? null : disagreement(coil, isOn))
      }),
    faults: () => [...faults.values()],
    forget: () => {
      seen.clear()
      faults.clear()
    },
    onCoil(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
