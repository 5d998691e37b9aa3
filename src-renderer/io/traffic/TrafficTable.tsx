import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { NumberedTraffic } from '../../client/stationClient.ts'

/** More rows than anybody reads; the rest is in the saved file. */
const drawn = 200

const columns = ['time', 'way', 'peer', 'what', 'bytes'] as const
const oneLine = { py: 0.25, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: 0 } as const
const widths = { time: '7rem', way: '9.5rem', peer: '12rem', what: 'auto', bytes: '30%' } as const

export const TrafficTable = memo(function TrafficTable({ lines }: { lines: readonly NumberedTraffic[] }) {
  const { t } = useTranslation('io')
  return (
    <Box sx={{ overflowY: 'auto', minHeight: 0 }}>
      <Table size="small" stickyHeader sx={{ tableLayout: 'fixed' }}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column} sx={{ width: widths[column], fontWeight: 600, bgcolor: 'background.default' }}>
                {t(`traffic.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.slice(-drawn).reverse().map(({ number, atMs, direction, peer, summary, bytes, trouble }) => (
            <TableRow key={number} data-refused={trouble !== null || undefined} sx={trouble === null ? undefined : { boxShadow: 'inset 4px 0 0 var(--mui-palette-error-main)' }}>
              <TableCell sx={oneLine}>{(atMs / 1_000).toFixed(3)}</TableCell>
              <TableCell sx={oneLine}>{`${direction === 'sent' ? '→' : '←'} ${t(`traffic.direction.${direction}`)}`}</TableCell>
              <TableCell sx={oneLine} title={peer}>
                {peer}
              </TableCell>
              <TableCell sx={{ ...oneLine, fontWeight: trouble === null ? 400 : 650 }} title={summary}>
                {summary}
                {trouble !== null && ` ✕ ${t('traffic.troubled')}: ${trouble}`}
              </TableCell>
              <TableCell sx={{ ...oneLine, fontFamily: 'monospace' }} title={bytes}>
                {bytes}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  )
})
