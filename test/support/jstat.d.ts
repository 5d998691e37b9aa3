/** The one function that is used of jstat, which brings no types. */
declare module 'jstat' {
  const jstat: {
    readonly beta: {
      /** Quantile of the beta distribution. */
      inv(probability: number, alpha: number, beta: number): number
    }
  }
  export = jstat
}
