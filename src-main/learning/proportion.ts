import jstat from 'jstat'
import type { Proportion } from '../domain/recipe.ts'

const tail = 0.025

/** `k` of `n` with the exact 95 % interval of Clopper and Pearson (Biometrika 26, 1934). For n = 0 nothing is known: 0 to 1. */
export function clopperPearson(k: number, n: number): Proportion {
  if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n)) throw new Error(`${k} of ${n} is not a share`)
  return {
    value: n === 0 ? 0 : k / n,
    low: k === 0 ? 0 : jstat.beta.inv(tail, k, n - k + 1),
    high: k === n ? 1 : jstat.beta.inv(1 - tail, k + 1, n - k),
    n,
  }
}
