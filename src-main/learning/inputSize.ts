import type { Bounds } from '../domain/geometry.ts'

/** The filter bank's brightness squares are 16 px, and its coarsest octave needs 8 px to mirror at the border. */
const stepPx = 16
const leastPx = 64

/** The model's input for a region: about `inputSize`² pixels at the region's own aspect ratio, in steps of 16 px and at least 64 px a side. */
export function inputSizeFor(bounds: Bounds, inputSize: number): { readonly inputWidthPx: number; readonly inputHeightPx: number } {
  const stretch = Math.sqrt(bounds.width / bounds.height)
  return { inputWidthPx: inStep(inputSize * stretch), inputHeightPx: inStep(inputSize / stretch) }
}

const inStep = (px: number): number => Math.max(leastPx, Math.round(px / stepPx) * stepPx)
