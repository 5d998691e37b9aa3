import type { Proportion } from './recipe.ts'

/**
 * `count` of `n` with the exact two-sided interval of Clopper and Pearson (Biometrika 26, 1934), 95 % unless told. For n = 0 nothing
 * is known: 0 to 1. Takes microseconds for any n, so that a line can be dragged over it.
 */
export function clopperPearson(count: number, n: number, confidence = 0.95): Proportion {
  if (!(Number.isInteger(count) && Number.isInteger(n) && count >= 0 && count <= n)) throw new Error(`${count} of ${n} is not a share`)
  const tail = (1 - confidence) / 2
  return {
    value: n === 0 ? 0 : count / n,
    low: count === 0 ? 0 : bisect((p) => chanceOfAtLeast(count, n, p) < tail),
    high: count === n ? 1 : bisect((p) => chanceOfAtLeast(count + 1, n, p) < 1 - tail),
    n,
  }
}

/** The binomial's upper tail is the regularised incomplete beta function I_p(count, n − count + 1). */
const chanceOfAtLeast = (count: number, n: number, p: number): number => incompleteBeta(p, count, n - count + 1)

/** I_x(a, b) by its continued fraction (Lentz's method; DLMF 8.17.22), on the side where that converges quickly. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  const keepOffZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let [c, d] = [1, 1 / keepOffZero(1 - ((a + b) * x) / (a + 1))]
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / keepOffZero(1 + even * d)
    c = keepOffZero(1 + even / c)
    fraction *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / keepOffZero(1 + odd * d)
    c = keepOffZero(1 + odd / c)
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return front * fraction
}

const lanczos = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]

/** ln Γ(z) for z ≥ 1 (Lanczos, 1964; g = 7, nine terms). */
function logGamma(z: number): number {
  const base = z + 6.5
  const sum = lanczos.reduce((total, term, i) => total + term / (z + i), 0.99999999999980993)
  return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(base) - base + Math.log(sum)
}

/** The share below which `isTooLow` holds; 50 halvings are finer than a double needs. */
function bisect(isTooLow: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (isTooLow(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
