/** A CSS length of `n` millimetres on this panel; `usePanelScale` keeps `--mm` true. */
export const mm = (n: number): string => `calc(${n} * var(--mm))`

const pxPerMmAt96Dpi = 96 / 25.4

/** CSS pixels in a millimetre of a panel whose visible diagonal is known; 96 dpi where it is not. */
export function pxPerMm(panelDiagonalMm: number | null, screen: { width: number; height: number }): number {
  return panelDiagonalMm === null ? pxPerMmAt96Dpi : Math.hypot(screen.width, screen.height) / panelDiagonalMm
}
