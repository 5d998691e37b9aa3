import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** What belongs to this screen and not to the station. The theme's mode is kept by MUI. */
export interface UiSettings {
  /** null: as the browser asks. */
  language: string | null
  /** Visible diagonal of this panel, so that millimetres are true; null: 96 dpi. */
  panelDiagonalMm: number | null
  heatmapShown: boolean
  /** 0–1. */
  heatmapOpacity: number
}

export const useUiSettings = create<UiSettings>()(
  persist((): UiSettings => ({ language: null, panelDiagonalMm: null, heatmapShown: true, heatmapOpacity: 0.55 }), { name: 'stationmaster.ui' }),
)

export function setUi(change: Partial<UiSettings>): void {
  useUiSettings.setState(change)
}
