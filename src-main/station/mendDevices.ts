import type { Health } from '../domain/health.ts'
import type { Line } from './line.ts'
import { cameraSettingsFor } from './prepareLine.ts'

/** Between two attempts to open the evidence again; opening checks the whole database, so a disk that stays full is left in peace. */
const reopenEveryMs = { first: 3_000, last: 60_000 }

/** A line's devices that nobody else opens again: while the station holds, nobody asks them for anything. */
export class DeviceMender {
  #waitMs: number = reopenEveryMs.first
  #nextMs = 0

  async mend({ camera, evidence, recipe, clock }: Line, cameraIsClosed: boolean): Promise<void> {
    if (!cameraIsClosed && hasFailed(camera.health())) await camera.open(cameraSettingsFor(recipe))
    if (!hasFailed(evidence.health())) this.#waitMs = reopenEveryMs.first
    else if (clock.monotonicMs() >= this.#nextMs) {
      await evidence.open()
      this.#nextMs = clock.monotonicMs() + this.#waitMs
      this.#waitMs = Math.min(2 * this.#waitMs, reopenEveryMs.last)
    }
  }
}

const hasFailed = ({ status }: Health): boolean => status === 'failure'
