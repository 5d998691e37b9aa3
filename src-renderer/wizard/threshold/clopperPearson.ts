/** A share with its exact two-sided 95 % interval. */
export interface Share {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

const tail = 0.025

/**
 * `count` of `n` with the exact 95 % interval of Clopper and Pearson (Biometrika 26, 1934): the shares at which seeing this many
 * or more, or this many or fewer, would have a chance of 2.5 %. Bisection on the binomial tail, which is the regularised
 * incomplete beta function I_p(count, n − count + 1); n up to a few thousand.
 */
export function clopperPearson(count: number, n: number): Share {
  return {
    value: n === 0 ? 0 : count / n,
    low: count === 0 ? 0 : bisect((p) => chanceOfAtLeast(count, n, p) < tail),
    high: count === n ? 1 : bisect((p) => 1 - chanceOfAtLeast(count + 1, n, p) > tail),
    n,
  }
}

/** Sums the shorter tail term by term, each from its logarithm so that no power underflows on the way. */
function chanceOfAtLeast(count: number, n: number, p: number): number {
  const logOdds = Math.log(p) - Math.log1p(-p)
  let logTerm = n * Math.log1p(-p)
  let below = 0
  let above = 0
  for (let k = 0; k <= n; k++) {
    if (k < count) below += Math.exp(logTerm)
    else above += Math.exp(logTerm)
    logTerm += Math.log((n - k) / (k + 1)) + logOdds
  }
  return above < below ? above : 1 - below
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
