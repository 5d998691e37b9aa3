import type { Colour } from './worldFile.ts'

/**
 * What a part looks like at one place before light falls on it. Colours are shares of white; `relief` is height in pixels, so that its
 * slope is the surface's; `cover` is 1 on the part and 0 beside it; `shadow` is the share of light that the part takes from its rest.
 */
export interface SurfaceSample {
  red: number
  green: number
  blue: number
  relief: number
  gloss: number
  cover: number
  shadow: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A kind of part, in its own coordinates (pixels, origin in its middle, y down). */
export interface Subject {
  /** Places of what can be missing: a hole, a print, a thread. */
  readonly features: readonly Box[]
  /** Writes the surface at a place, with feature number `missing` left out. */
  sample(x: number, y: number, missing: number | undefined, out: SurfaceSample): void
  /** What lies under the part, in the camera's coordinates. */
  rest(x: number, y: number): Colour
}

export function scaleColour(out: SurfaceSample, factor: number): void {
  out.red *= factor
  out.green *= factor
  out.blue *= factor
}
