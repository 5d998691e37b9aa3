import { Box, Switch, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { manualNumber } from '../../../src-preload/contract/io.ts'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { IoView, RegisterRow } from '../../client/stationClient.ts'
import { registerKey, useJustChanged } from './useJustChanged.ts'

const cell = { py: 0.25, px: 1.5 } as const
const figures = { ...cell, fontVariantNumeric: 'tabular-nums', textAlign: 'right' } as const
const columns = ['address', 'manual', 'name', 'value', 'hex', 'bits', 'byHand'] as const

/** Live values in both notations. What has just changed carries a bar and a heavier figure for a second; no colour says it alone. */
export function RegisterTable({ io }: { io: IoView }) {
  const { t } = useTranslation('io')
  const changed = useJustChanged(io.registers)
  return (
    <Table size="small" stickyHeader>
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <TableCell key={column} sx={{ ...(['name', 'byHand'].includes(column) ? cell : figures), fontWeight: 600, bgcolor: 'background.default' }}>
              {t(`table.${column}`)}
              {column === 'address' && ` (${t('table.addressHint')})`}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {io.registers.map((row) => (
          <Row key={registerKey(row)} row={row} io={io} isChanged={changed.has(registerKey(row))} />
        ))}
      </TableBody>
    </Table>
  )
}

function Row({ row, io, isChanged }: { row: RegisterRow; io: IoView; isChanged: boolean }) {
  const { t } = useTranslation('io')
  const { space, address, value } = row
  const isBit = space === 'coil' || space === 'discreteInput'
  const name = t(`registers.${row.name}`, { defaultValue: row.name })
  return (
    <TableRow data-register={registerKey(row)} data-changed={isChanged || undefined} sx={{ bgcolor: isChanged ? 'action.selected' : undefined, boxShadow: isChanged ? 'inset 4px 0 0 currentColor' : 'none' }}>
      <TableCell sx={figures}>{address}</TableCell>
      <TableCell sx={figures}>{manualNumber(space, address)}</TableCell>
      <TableCell sx={cell}>
        {`${name} `}
        <Typography component="span" variant="caption" color="textSecondary" sx={{ ml: 0.5 }}>
          {t(`space.${space}`)}
        </Typography>
      </TableCell>
      <TableCell sx={{ ...figures, fontWeight: isChanged ? 750 : 500 }}>{value ?? '–'}</TableCell>
      <TableCell sx={figures}>{value === null || isBit ? '' : `0x${value.toString(16).toUpperCase().padStart(4, '0')}`}</TableCell>
      <TableCell sx={figures}>{value === null ? '' : isBit ? <Lamp isOn={value === 1} /> : <Bits value={value} />}</TableCell>
      <TableCell sx={{ ...cell, whiteSpace: 'nowrap' }}>{row.canForce && <HandSwitch coil={address} name={name} isOn={value === 1} io={io} />}</TableCell>
    </TableRow>
  )
}

const Lamp = ({ isOn }: { isOn: boolean }) => (
  <Box component="span" aria-hidden sx={{ display: 'inline-block', width: '1.125rem', height: '1.125rem', borderRadius: '50%', border: '2px solid', borderColor: isOn ? 'primary.main' : 'text.secondary', bgcolor: isOn ? 'primary.main' : 'transparent' }} />
)

/** Sixteen bits, b15 first, in fours; those that are set stand out by weight. */
function Bits({ value }: { value: number }) {
  const bits = value.toString(2).padStart(16, '0')
  return (
    <Box component="span" sx={{ fontFamily: 'monospace', whiteSpace: 'nowrap' }}>
      {[...bits].map((bit, i) => (
        <Box key={i} component="span" sx={{ fontWeight: bit === '1' ? 800 : 400, color: bit === '1' ? 'text.primary' : 'text.secondary', pl: i > 0 && i % 4 === 0 ? '0.5ch' : 0 }}>
          {bit}
        </Box>
      ))}
    </Box>
  )
}

function HandSwitch({ coil, name, isOn, io }: { coil: number; name: string; isOn: boolean; io: IoView }) {
  const { t } = useTranslation('io')
  const client = useClient()
  const left = io.forced.find((one) => one.coil === coil)
  return (
    <>
      <Switch checked={isOn} disabled={!io.armed?.byThisScreen} onChange={(_event, wanted) => void call(client.io.switch({ coil, isOn: wanted }))} slotProps={{ input: { 'aria-label': t('switch.label', { name }) } }} />
      {left && t('switch.left', { seconds: Math.ceil(left.leftMs / 1_000) })}
    </>
  )
}
