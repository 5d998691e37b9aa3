import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** What the technician knows of the line and the parts do not tell: reckoning aids of this screen, kept in the browser. */
export interface LineRates {
  readonly partsPerHour: number
  /** Share of defective parts, in per cent. */
  readonly defectPercent: number
  /** What a miss costs, in false rejects. */
  readonly costRatio: number
}

const useRates = create<LineRates>()(persist(() => ({ partsPerHour: 600, defectPercent: 1, costRatio: 50 }), { name: 'stationmaster.lineRates' }))

export const useLineRates = (): LineRates => useRates()
export const setLineRates = (rates: Partial<LineRates>): void => void useRates.setState(rates)
