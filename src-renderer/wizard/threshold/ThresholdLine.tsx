import { Box } from '@mui/material'
import { useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { mm } from '../../parts/mm.ts'
import { useFigures } from '../useFigures.ts'
import type { ScoreRange } from './scoreRange.ts'
import { nudgeOf } from './nudge.ts'

interface Line {
  kind: 'fail' | 'unsure'
  value: number
  range: ScoreRange
  plot: RefObject<HTMLDivElement | null>
  /** 0–1 across the plot. */
  share: (value: number) => number
  onMove: (value: number) => void
}

/** A limit as a line to drag, or to move by ← and → (Shift: ten steps); its grip is a finger wide. */
export function ThresholdLine({ kind, value, range, plot, share, onMove }: Line) {
  const { t } = useTranslation('wizard')
  const { score } = useFigures()
  const grabPx = useRef(0)
  const xOf = (): { left: number; width: number } => plot.current!.getBoundingClientRect()
  const onPointerDown = (event: PointerEvent): void => {
    const { left, width } = xOf()
    grabPx.current = event.clientX - (left + share(value) * width)
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left, width } = xOf()
    const at = Math.min(1, Math.max(0, (event.clientX - grabPx.current - left) / width))
    onMove(Math.max(range.low + at * (range.high - range.low), Number.MIN_VALUE))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 0
    if (direction === 0) return
    event.preventDefault()
    onMove(nudgeOf(value, direction * (event.shiftKey ? 10 : 1), range))
  }
  return (
    <Box
      role="slider"
      tabIndex={0}
      aria-label={t(`threshold.${kind}Line`)}
      aria-valuemin={range.low}
      aria-valuemax={range.high}
      aria-valuenow={value}
      aria-valuetext={score(value)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      style={{ left: `${share(value) * 100}%` }}
      sx={lineStyles[kind]}
    >
      <Box sx={gripStyles[kind]}>
        {t(`threshold.${kind}Short`)} {score(value)}
      </Box>
    </Box>
  )
}

const lineStyle = (colour: string, top: string, zIndex: number) => ({
  position: 'absolute', top: '-2rem', bottom: 0, width: mm(10), ml: `calc(${mm(10)} / -2)`, cursor: 'ew-resize', touchAction: 'none', zIndex,
  '&::after': { content: '""', position: 'absolute', left: 'calc(50% - 1.5px)', top, bottom: 0, width: '3px', bgcolor: colour },
})
const gripStyle = (colour: string, top: string) => ({
  position: 'absolute', top, left: '50%', transform: 'translateX(-50%)', px: 1, py: 0.25, borderRadius: 0.75, bgcolor: `${colour}.main`, color: `${colour}.contrastText`,
  fontWeight: 700, fontSize: '0.875rem', whiteSpace: 'nowrap', userSelect: 'none',
})
const lineStyles = { fail: lineStyle('error.main', '1.6rem', 2), unsure: lineStyle('warning.main', '3.4rem', 1) }
const gripStyles = { fail: gripStyle('error', '0'), unsure: gripStyle('warning', '1.8rem') }
