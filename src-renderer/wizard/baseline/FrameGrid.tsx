import { Box } from '@mui/material'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { FrameTile } from './FrameTile.tsx'
import { useVisibleRows } from './useVisibleRows.ts'

type Frame = CommissioningView['baseline']['frames'][number]

const tileRem = { width: 8.5, height: 8.25, gap: 0.5 }
const jumps: Readonly<Record<string, (columns: number) => number>> = { ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (columns) => -columns, ArrowDown: (columns) => columns }

/**
 * All captured pictures; only the rows in sight are in the page, so 500 scroll like 20. One tab stop: arrows walk, space selects,
 * Delete removes what is selected.
 */
export function FrameGrid({ frames, selected, onToggle, onRemove }: { frames: readonly Frame[]; selected: ReadonlySet<string>; onToggle: (id: string) => void; onRemove: () => void }) {
  const { t } = useTranslation('wizard')
  const box = useRef<HTMLDivElement>(null)
  const { columns, firstRow, lastRow, rowPx } = useVisibleRows(box, frames.length, tileRem)
  const [current, setCurrent] = useState(0)
  const active = Math.min(current, frames.length - 1)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete') return onRemove()
    const by = jumps[event.key]?.(columns)
    if (by === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(frames.length - 1, active + by))
    setCurrent(next)
    box.current?.scrollTo({ top: Math.floor(next / columns) * rowPx - box.current.clientHeight / 2 + rowPx / 2 })
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-frame="${next}"]`)?.focus())
  }
  const shown = frames.slice(firstRow * columns, (lastRow + 1) * columns)
  return (
    <Box ref={box} role="group" aria-label={t('baseline.pictures')} onKeyDown={onKeyDown} sx={{ overflowY: 'auto', minHeight: 0, p: 0.5 }}>
      <Box sx={{ position: 'relative' }} style={{ height: Math.ceil(frames.length / columns) * rowPx }}>
        <Box sx={{ position: 'absolute', inset: '0 0 auto 0', display: 'grid', gap: `${tileRem.gap}rem` }} style={{ transform: `translateY(${firstRow * rowPx}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {shown.map((frame, i) => {
            const index = firstRow * columns + i
            return <FrameTile key={frame.id} frame={frame} index={index} height={`${tileRem.height}rem`} isActive={index === active} isSelected={selected.has(frame.id)} onToggle={() => (setCurrent(index), onToggle(frame.id))} />
          })}
        </Box>
      </Box>
    </Box>
  )
}
