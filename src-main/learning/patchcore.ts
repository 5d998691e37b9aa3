import { chooseCoreset } from './coreset.ts'
import { normalisePatch, type Gaussians } from './padim.ts'
import { samplePlaces } from './samplePlaces.ts'

/** Rows of a memory bank at most: memory and time of a decision do not grow with the baseline. */
export const bankRows = 2_000
/** Of all the patches of all images, so many are drawn at random before the coreset is chosen: its cost does not grow either. */
const candidateRows = 8_000

/** Normal patches to compare with (PatchCore; Roth et al., CVPR 2022), each in the units of its place (`normalisePatch`). */
export interface MemoryBank {
  readonly rowLength: number
  /** [rows, rowLength] */
  readonly patches: Float32Array
  /** Which baseline image each row comes from. */
  readonly images: readonly number[]
}

/** Image `place` in the baseline, and its whitened patches in block order. */
export interface ImagePatches {
  readonly image: number
  readonly patches: Float32Array
}

/** The coreset of the visible patches of some images, normalised by their places' Gaussians. `isVisible` is in block order. */
export function fillBank(sources: readonly ImagePatches[], gaussians: Gaussians, isVisible: readonly boolean[], seed: number): MemoryBank {
  const places = isVisible.flatMap((visible, place) => (visible ? [place] : []))
  const rowLength = sources[0]!.patches.length / isVisible.length
  const drawn = samplePlaces(sources.length * places.length, candidateRows, seed)
  const candidates = new Float32Array(drawn.length * rowLength)
  for (const [row, place] of drawn.entries()) {
    const cell = places[place % places.length]!
    const patch = sources[Math.floor(place / places.length)]!.patches.subarray(cell * rowLength, (cell + 1) * rowLength)
    normalisePatch(gaussians, patch, cell, candidates.subarray(row * rowLength, (row + 1) * rowLength))
  }
  const chosen = chooseCoreset(candidates, rowLength, bankRows, seed)
  const patches = new Float32Array(chosen.length * rowLength)
  for (const [i, row] of chosen.entries()) patches.set(candidates.subarray(row * rowLength, (row + 1) * rowLength), i * rowLength)
  return { rowLength, patches, images: Array.from(chosen, (row) => sources[Math.floor(drawn[row]! / places.length)]!.image) }
}
