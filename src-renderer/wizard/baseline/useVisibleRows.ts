import { useEffect, useState, type RefObject } from 'react'

interface Tile {
  readonly width: number
  readonly height: number
  readonly gap: number
}

const spareRows = 1

/** Which rows of a grid of equal tiles (sizes in rem) are in sight of its scrolling box, and how many tiles a row holds. */
export function useVisibleRows(box: RefObject<HTMLElement | null>, count: number, tile: Tile) {
  const [sight, setSight] = useState({ top: 0, width: 0, height: 0 })
  useEffect(() => {
    const element = box.current!
    const look = (): void => setSight({ top: element.scrollTop, width: element.clientWidth, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box])
  const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const rowPx = (tile.height + tile.gap) * remPx
  const columns = Math.max(1, Math.floor((sight.width + tile.gap * remPx) / ((tile.width + tile.gap) * remPx)))
  const rows = Math.ceil(count / columns)
  return {
    columns,
    rowPx,
    firstRow: Math.max(0, Math.floor(sight.top / rowPx) - spareRows),
    lastRow: Math.min(rows - 1, Math.floor((sight.top + sight.height) / rowPx) + spareRows),
  }
}
