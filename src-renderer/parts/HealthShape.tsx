import { SvgIcon } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Health } from '../client/stationClient.ts'

type Status = Health['status']

/** NAMUR NE 107: a shape and a letter for each status, so colour is never the only sign. `ok` and `waiting` stay grey. */
const shapes: Record<Status, { path: string; letter: string; letterY: number; colour: string }> = {
  ok: { path: 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20', letter: '✓', letterY: 16.5, colour: 'text.secondary' },
  waiting: { path: 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20', letter: '…', letterY: 14, colour: 'text.secondary' },
  maintenance: { path: 'M12 1L23 12L12 23L1 12z', letter: 'M', letterY: 16, colour: 'primary.main' },
  outOfSpecification: { path: 'M12 1.5L23.5 22H.5z', letter: '?', letterY: 19.5, colour: 'warning.main' },
  functionCheck: { path: 'M12 22.5L.5 2h23z', letter: 'C', letterY: 13, colour: 'warning.main' },
  failure: { path: 'M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22', letter: '✕', letterY: 16.5, colour: 'error.main' },
}

/** The status of a device as its NE 107 shape. Hidden from readers where a text beside it says the same. */
export function HealthShape({ status, size, labelled = false }: { status: Status; size: string; labelled?: boolean }) {
  const { t } = useTranslation('health')
  const { path, letter, letterY, colour } = shapes[status]
  const isQuiet = status === 'ok' || status === 'waiting'
  return (
    <SvgIcon viewBox="0 0 24 24" sx={{ fontSize: size, color: colour }} titleAccess={labelled ? t(`status.${status}`) : undefined}>
      <path d={path} fill={isQuiet ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth={isQuiet ? 1.8 : 0} />
      <text x="12" y={letterY} textAnchor="middle" fontSize="12.5" fontWeight="800" fontFamily="Inter, sans-serif" fill={isQuiet ? 'currentColor' : 'var(--mui-palette-background-paper)'}>
        {letter}
      </text>
    </SvgIcon>
  )
}
