/** The three ways to begin. */
export function FirstRun() {
  return null
}
