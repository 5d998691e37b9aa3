/** Viridis (van der Walt and Smith, 2015): nine of its 256 colours, evenly spaced; in between is straight interpolation. */
const stops = [
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
] as const

/** The colour at `t` (0–1) as red, green, blue of 0–255; equal steps of `t` look equally far apart. */
export function viridis(t: number): readonly [number, number, number] {
  const at = Math.min(Math.max(t, 0), 1) * (stops.length - 1)
  const below = Math.min(Math.floor(at), stops.length - 2)
  const [low, high] = [stops[below]!, stops[below + 1]!]
  const share = at - below
  return [low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share, low[2] + (high[2] - low[2]) * share]
}

export const viridisCss = `linear-gradient(to right, ${stops.map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`
