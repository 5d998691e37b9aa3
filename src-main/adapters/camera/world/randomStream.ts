import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface RandomStream {
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** Uniform in 0 … count − 1. */
  index(count: number): number
  /** 32 random bits, for seeding something else. */
  bits(): number
}

/** One stream per purpose, so that what one thing draws never moves another: the same numbers give the same stream for ever. */
export function randomStream(...labels: readonly number[]): RandomStream {
  const generator = xoroshiro128plus(labels.reduce((hash, label) => mixBits(hash ^ Math.imul(label, 0x9e3779b1)), 0x2545f491))
  const between = (low: number, high: number): number => low + (high - low) * uniformFloat64(generator)
  return { between, index: (count) => Math.floor(between(0, count)), bits: () => generator.next() }
}

/** The finaliser of MurmurHash3 (A. Appleby, public domain). */
export function mixBits(bits: number): number {
  let h = bits
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
