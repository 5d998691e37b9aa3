/** The neighbour whose distance says how far apart pictures of this baseline usually are: a part may be in it this many times. */
const usualNeighbour = 5
/** Enough to tell two parts apart, and quick for hundreds of images. */
const comparedCells = 64
/** Pictures nearer than this share of what is usual show the same part, taken again. `docs/decisions/sealed-model-graph.md` has what was measured. */
const alikeShare = 1 / 8

/**
 * Which pictures show nearly the same: for each image the first of those that it belongs with, itself where it stands alone. Images are
 * compared by whitened patches [cells, patchLength] all over the part, so that noise and a shade more light hardly count. Where noise is
 * nearly all that good parts differ by, a second picture of a part cannot be told from another part.
 */
export function findNearDuplicates(patches: readonly Float32Array[], isVisible: readonly boolean[]): readonly number[] {
  const images = patches.length
  const visible = isVisible.flatMap((isSeen, place) => (isSeen ? [place] : []))
  const step = Math.ceil(visible.length / comparedCells)
  const places = visible.filter((_, i) => i % step === 0)
  const distances = Array.from({ length: images }, () => new Float64Array(images))
  for (let one = 0; one < images; one++)
    for (let other = 0; other < one; other++) distances[one]![other] = distances[other]![one] = distanceBetween(patches[one]!, patches[other]!, places, isVisible.length)
  const limit = alikeShare * usualDistance(distances)
  const firstAlike = patches.map((_, image) => image)
  for (let one = 0; one < images; one++)
    for (let other = 0; other < one; other++) if (distances[one]![other]! < limit) join(firstAlike, one, other)
  return firstAlike
}

function distanceBetween(one: Float32Array, other: Float32Array, places: readonly number[], cells: number): number {
  const length = one.length / cells
  let sum = 0
  for (const place of places)
    for (let i = place * length; i < (place + 1) * length; i++) sum += (one[i]! - other[i]!) ** 2
  return Math.sqrt(sum)
}

/** Median over the images of the distance to the fifth nearest other one. */
function usualDistance(distances: readonly Float64Array[]): number {
  const near = distances.map((row) => row.toSorted()[Math.min(usualNeighbour, row.length - 1)]!).sort((a, b) => a - b)
  return near[near.length >> 1]!
}

/** Makes one group of two; a group is named by its first image. */
function join(firstAlike: number[], one: number, other: number): void {
  const [kept, gone] = [firstAlike[one]!, firstAlike[other]!].sort((a, b) => a - b) as [number, number]
  for (const [image, first] of firstAlike.entries()) if (first === gone) firstAlike[image] = kept
}
