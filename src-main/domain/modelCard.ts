import type { MediaType } from './frame.ts'
import type { Sha256 } from './ids.ts'

/** What is known of a model beside what its recipe says, kept as a document under `cardName` when it is learnt: for people, not for judging. */
export interface ModelCard {
  readonly model: Sha256
  /** Good parts that it was learnt from, in their order; their original bytes are kept. */
  readonly baseline: readonly { readonly id: Sha256; readonly mediaType: MediaType }[]
  /** Bare time of the model where it was learnt. */
  readonly latencyMs: number
  /** Their patches; null where the model came trained and remembers none. */
  readonly patches: StoredPatches | null
}

/** Patches of every baseline image as the model measures them, in steps of `patchStep`. */
export interface StoredPatches {
  /** Cells of the map, and numbers in a patch. */
  readonly width: number
  readonly height: number
  readonly length: number
  /** One file for each row of the map: int8 [width, images, length]. */
  readonly rows: readonly Sha256[]
}

/** Among good parts these numbers have about unit variance: 127 steps reach to four standard deviations. */
export const patchStep = 1 / 32

/** Documents have short names; the card itself names its model in full. */
export const cardName = (model: Sha256): string => `card-${model.slice(0, 40)}`
