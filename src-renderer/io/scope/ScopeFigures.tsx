import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { ScopePart } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'

interface Figures {
  parts: readonly ScopePart[]
  strong: ScopePart
  onChoose: (number: number) => void
}

const columns = ['part', 'told', 'decided', 'delay', 'late', 'width', 'widthError', 'answer'] as const

/** The same parts in figures: what was asked for, what came, and the difference. A row is chosen by click, Enter or Space. */
export function ScopeFigures({ parts, strong, onChoose }: Figures) {
  const { t } = useTranslation('io')
  const { tenths } = useFormats()
  const ms = (value: number | null): string => (value === null ? t('scope.none') : t('scope.ms', { value: tenths(value) }))
  return (
    <Box sx={{ overflowY: 'auto', minHeight: 0 }}>
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column} align={column === 'part' || column === 'told' ? 'left' : 'right'} sx={{ fontWeight: 600, bgcolor: 'background.default' }}>
                {t(`scope.column.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {parts.map((part) => {
            const { planned, onMs, offMs } = part
            const width = onMs === null || offMs === null ? null : offMs - onMs
            const figures = [part.decidedMs, planned?.onMs ?? null, planned && onMs !== null ? onMs - planned.onMs : null, width, planned && width !== null ? width - (planned.offMs - planned.onMs) : null, part.acknowledgedMs ?? part.confirmedMs]
            const choose = (): void => onChoose(part.number)
            return (
              <TableRow key={part.number} hover tabIndex={0} selected={part === strong} aria-selected={part === strong} onClick={choose} onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), choose())} sx={{ cursor: 'pointer' }}>
                <TableCell>{part.partId ?? `#${part.number}`}</TableCell>
                <TableCell>
                  {part.output ? t(`common:output.${part.output}`) : t('scope.undecided')}
                  {part.fault && ` ✕ ${part.fault.code}`}
                </TableCell>
                {figures.map((value, i) => (
                  <TableCell key={columns[i + 2]} align="right">
                    {ms(value)}
                  </TableCell>
                ))}
              </TableRow>
            )
          })}
        </TableBody>
      </Table>
    </Box>
  )
}
