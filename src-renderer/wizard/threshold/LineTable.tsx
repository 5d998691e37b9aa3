import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { figuresAt, type Interval, type KnownScores, type Proportion } from '../../../src-preload/contract/threshold.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { useFigures } from '../useFigures.ts'
import type { LineRates } from './lineRates.ts'

export interface NamedLine {
  readonly name: string
  readonly at: number
}

interface Lines {
  lines: readonly NamedLine[]
  scores: KnownScores
  rates: LineRates
}

const hoursPerShift = 8
const columns = ['falseRejects', 'missed', 'recall', 'precision', 'f1'] as const
/** All that good parts alone can tell. */
const columnsOf = ({ bad }: KnownScores) => (bad.length === 0 ? columns.slice(0, 1) : columns)

/** What each line means for parts whose truth is known, and for a shift; every figure with its 95 % interval. */
export function LineTable({ lines, scores, rates }: Lines) {
  const { t } = useTranslation('wizard')
  return (
    <Table size="small" sx={{ '& td, & th': { px: 0.75, py: 0.375, border: 0, verticalAlign: 'top', lineHeight: 1.25 }, '& tbody tr:first-of-type': { fontWeight: 650, '& td': { fontWeight: 'inherit' } } }}>
      <TableHead>
        <TableRow>
          <TableCell>{t('threshold.line')}</TableCell>
          {columnsOf(scores).map((column) => (
            <TableCell key={column} align="right">
              {t(`threshold.column.${column}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {lines.map(({ name, at }, i) => (
          <LineRow key={i} name={name} at={at} scores={scores} rates={rates} />
        ))}
      </TableBody>
    </Table>
  )
}

/** While one line is dragged the rows of the others stand still. */
const LineRow = memo(function LineRow({ name, at, scores, rates }: NamedLine & Omit<Lines, 'lines'>) {
  const { t } = useTranslation('wizard')
  const { percent, score } = useFigures()
  const { count } = useFormats()
  const defectShare = rates.defectPercent / 100
  const { falseRejects, misses, recall, precision, f1 } = figuresAt(at, scores, defectShare)
  const interval = ({ value, low, high }: Interval): readonly string[] => [percent(value), `${percent(low)} – ${percent(high)}`]
  const counted = (share: Proportion, parts: number): readonly string[] => {
    const [value, range] = interval(share)
    const perShift = t('threshold.perShift', { low: count(share.low * parts), high: count(share.high * parts), hours: hoursPerShift })
    return [`${value} ${t('threshold.of', { count: Math.round(share.value * share.n), n: share.n })}`, range!, perShift]
  }
  const ofShift = rates.partsPerHour * hoursPerShift
  const known = [misses && counted(misses, ofShift * defectShare), recall && interval(recall), precision && interval(precision), f1 && interval(f1)]
  const cells = [counted(falseRejects, ofShift * (1 - defectShare)), ...known.filter((cell) => cell !== null)]
  return (
    <TableRow>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        {name}
        <Note text={score(at)} />
      </TableCell>
      {cells.map(([value, ...notes], i) => (
        <TableCell key={columns[i]} align="right" sx={{ whiteSpace: 'nowrap' }}>
          {value}
          {notes.map((note) => (
            <Note key={note} text={note} />
          ))}
        </TableCell>
      ))}
    </TableRow>
  )
})

const Note = ({ text }: { text: string }) => (
  <Box component="div" sx={{ color: 'text.secondary', fontSize: '0.75rem', fontWeight: 400 }}>
    {text}
  </Box>
)
