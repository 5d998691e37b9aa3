import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** The line's rate, for figures per shift: a reckoning aid of this screen, no part of the recipe. */
const useRate = create<{ partsPerHour: number }>()(persist(() => ({ partsPerHour: 600 }), { name: 'stationmaster.partsPerHour' }))

export const usePartsPerHour = (): number => useRate(({ partsPerHour }) => partsPerHour)
export const setPartsPerHour = (partsPerHour: number): void => void useRate.setState({ partsPerHour })
