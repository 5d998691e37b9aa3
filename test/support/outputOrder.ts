import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { OutputOrder } from '../../src-main/domain/lineSignals.ts'
import type { OutputLine, OutputName } from '../../src-main/domain/recipe.ts'

/** An output fired for no part in particular, asked for now unless said otherwise. */
export const outputOrder = (output: OutputName, line: OutputLine | null, askedMs = systemClock().monotonicMs()): OutputOrder => ({
  output, line, askedMs, part: null, outcome: null, defectClass: 0, processMs: 0,
})
