import { Box, Paper, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/useFormats.ts'
import { NumberField } from '../fields/NumberField.tsx'
import { useFigures } from '../useFigures.ts'
import type { Share } from './clopperPearson.ts'
import type { Rejects } from './countRejects.ts'
import { setPartsPerHour, usePartsPerHour } from './partsPerHour.ts'

const hoursPerShift = 8

/** What the limits would cost: good parts turned away or to be looked at, with exact intervals, and per shift. */
export function RejectTable({ rejects }: { rejects: Rejects }) {
  const { t } = useTranslation('wizard')
  const partsPerHour = usePartsPerHour()
  return (
    <Paper variant="outlined" sx={{ p: 1.25 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
        <Table size="small" sx={{ flex: 1, '& td, & th': { px: 1, py: 0.5, border: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>{t('threshold.ofGood')}</TableCell>
              <TableCell align="right">{t('threshold.share')}</TableCell>
              <TableCell align="right">{t('threshold.interval')}</TableCell>
              <TableCell align="right">{t('threshold.perShift', { hours: hoursPerShift })}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            <ShareRow name={t('threshold.failed')} share={rejects.failed} partsPerShift={partsPerHour * hoursPerShift} />
            <ShareRow name={t('threshold.unsure')} share={rejects.unsure} partsPerShift={partsPerHour * hoursPerShift} />
          </TableBody>
        </Table>
        <NumberField label={t('threshold.partsPerHour')} value={partsPerHour} min={1} max={1_000_000} isInteger width="9.5rem" onChange={setPartsPerHour} />
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.75 }}>
        {t('threshold.unknown')}
      </Typography>
    </Paper>
  )
}

function ShareRow({ name, share, partsPerShift }: { name: string; share: Share; partsPerShift: number }) {
  const { t } = useTranslation('wizard')
  const { percent } = useFigures()
  const { count } = useFormats()
  return (
    <TableRow>
      <TableCell sx={{ fontWeight: 600 }}>{name}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        {percent(share.value)} <Box component="span" sx={{ color: 'text.secondary' }}>{t('threshold.of', { count: Math.round(share.value * share.n), n: share.n })}</Box>
      </TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        {percent(share.low)} – {percent(share.high)}
      </TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap', fontWeight: 600 }}>
        {count(share.low * partsPerShift)} – {count(share.high * partsPerShift)}
      </TableCell>
    </TableRow>
  )
}
