import { labelRegions } from './labelRegions.ts'
import { rocArea } from './rocArea.ts'
import type { ScoreStep } from './scoreSteps.ts'

/** False positive rate up to which AUPRO is integrated (Bergmann et al., 2021). */
const auproLimit = 0.3

/** Bins keep a float's sign, exponent and 13 bits of mantissa: heats closer than 0.012 % share one. */
const binBits = 22

export interface PixelFigures {
  readonly pixelAuroc: number | null
  readonly aupro: number | null
}

export interface PixelTally {
  /** `heat` and `mask` row-major [heightPx, widthPx]; undefined for a good image. Heat must be finite. */
  add(heat: Float32Array, mask: Uint8Array | undefined, widthPx: number, heightPx: number): void
  figures(): PixelFigures
}

/** Counts pixels by heat as images pass, so that memory does not grow with them (64 MB, whatever the data set). */
export function pixelTally(): PixelTally {
  const good = new Float64Array(1 << binBits)
  const defective = new Float64Array(1 << binBits)
  const overlap = new Float64Array(1 << binBits)
  let regions = 0

  const stepsOf = (positives: Float64Array): readonly ScoreStep[] => {
    const steps: ScoreStep[] = []
    for (let bin = good.length - 1; bin >= 0; bin--)
      if (good[bin] !== 0 || positives[bin] !== 0) steps.push({ positives: positives[bin]!, negatives: good[bin]! })
    return steps
  }

  return {
    add(heat, mask, widthPx, heightPx) {
      const bits = new Uint32Array(heat.buffer, heat.byteOffset, heat.length)
      if (!mask) {
        for (let i = 0; i < bits.length; i++) good[binOf(bits[i]!)]!++
        return
      }
      const { labels, sizes } = labelRegions(mask, widthPx, heightPx)
      regions += sizes.length - 1
      for (let i = 0; i < bits.length; i++) {
        const bin = binOf(bits[i]!)
        const label = labels[i]!
        if (label === 0) good[bin]!++
        else {
          defective[bin]!++
          overlap[bin] = overlap[bin]! + 1 / sizes[label]!
        }
      }
    },
    figures: () =>
      regions === 0 ? { pixelAuroc: null, aupro: null } : { pixelAuroc: rocArea(stepsOf(defective)), aupro: rocArea(stepsOf(overlap), auproLimit) },
  }
}

/** IEEE 754 bits as a number that rises with the float: negatives are mirrored. */
const binOf = (bits: number): number => ((bits >>> 31 ? ~bits : bits | 0x8000_0000) >>> 0) >>> (32 - binBits)
