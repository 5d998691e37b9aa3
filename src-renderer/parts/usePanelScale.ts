import { useLayoutEffect } from 'react'
import { useUiSettings } from '../store/uiSettings.ts'
import { pxPerMm } from './mm.ts'

/** Keeps `--mm` at the stored panel's true millimetre. */
export function usePanelScale(): void {
  const panelDiagonalMm = useUiSettings((settings) => settings.panelDiagonalMm)
  useLayoutEffect(() => {
    document.documentElement.style.setProperty('--mm', `${pxPerMm(panelDiagonalMm, window.screen)}px`)
  }, [panelDiagonalMm])
}
