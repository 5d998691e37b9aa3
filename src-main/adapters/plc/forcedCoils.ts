import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CheckedCoils } from './checkedCoils.ts'

/** A coil that was moved by hand goes off so long after it was last asked for: a screen that died leaves nothing on. */
export const forcedForMs = 60_000

export interface ForcedCoils {
  force(coil: number, isOn: boolean): Promise<Result<void>>
  /** Whatever was forced is being written off by somebody else. */
  forget(): void
}

export function forcedCoils(coils: CheckedCoils, clock: ClockPort): ForcedCoils {
  const forced = new Map<number, AbortController>()

  async function offAfterwards(coil: number, { signal }: AbortController): Promise<void> {
    await clock.sleep(forcedForMs, signal)
    if (signal.aborted) return
    forced.delete(coil)
    await coils.set(coil, false)
  }

  const release = (coil: number): void => {
    forced.get(coil)?.abort()
    forced.delete(coil)
  }

  return {
    async force(coil, isOn) {
      release(coil)
      if (isOn) {
        const limit = new AbortController()
        forced.set(coil, limit)
        void offAfterwards(coil, limit)
      }
      const { fault: trouble } = await coils.set(coil, isOn)
      return trouble ? fail(trouble) : succeed(undefined)
    },
    forget: () => { for (const coil of [...forced.keys()]) release(coil) },
  }
}

/** Only what the wiring names may be moved. */
export const notWired = (coil: number): Result<never> => fail(fault('request/invalid', `coil ${coil} is not wired`))
