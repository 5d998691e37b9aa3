import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../src-preload/contract/models.ts'
import { useFigures } from '../wizard/useFigures.ts'

/** What a detector looks for, and from when on a finding counts. */
export function DetectorClasses({ detector }: { detector: NonNullable<ModelView['detector']> }) {
  const { t } = useTranslation('models')
  const { wholePercent } = useFigures()
  const { classes, origin, bytes, inputWidthPx, inputHeightPx } = detector
  return (
    <>
      <Typography variant="body2" sx={{ fontWeight: 600 }} title={origin}>
        {t('detector.title', { width: inputWidthPx, height: inputHeightPx, megabytes: (bytes / 1e6).toFixed(1) })}
      </Typography>
      <Table size="small" sx={{ '& td, & th': { px: 0.75, py: 0.375 } }}>
        <TableHead>
          <TableRow>
            {['class', 'severity', 'confidence', 'area'].map((column) => (
              <TableCell key={column}>{t(`detector.${column}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {classes.map(({ name, aliases = [], severity, minConfidence, minAreaPx }) => (
            <TableRow key={name}>
              <TableCell>
                {name} {aliases.length > 0 && t('detector.aliases', { names: aliases.join(', ') })}
              </TableCell>
              <TableCell>{t(`severity.${severity}`)}</TableCell>
              <TableCell>{wholePercent(minConfidence)}</TableCell>
              <TableCell>{minAreaPx} px²</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
