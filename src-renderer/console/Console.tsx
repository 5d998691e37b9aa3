/** The operator's kiosk console. */
export function Console() {
  return null
}
