import { Box, Paper, Switch, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { NumberField } from '../fields/NumberField.tsx'
import { manualNumber } from '../../../src-preload/contract/io.ts'
import { Choice } from './line/Choice.tsx'
import { OutputTest } from './OutputTest.tsx'

export type Wiring = CommissioningView['wiring']
export const outputNames = ['accept', 'reject', 'hold'] as const
export type OutputName = (typeof outputNames)[number]

interface Card {
  output: OutputName
  wiring: Wiring
  test: CommissioningView['tests'][number] | undefined
  canFire: boolean
  isFiring: boolean
  onFiring: (isFiring: boolean) => void
  onWiring: (wiring: Wiring) => void
}

/** One output: its coil in both notations, its delay and pulse, and its test. Reject is always wired. */
export function OutputCard({ output, wiring, test, canFire, isFiring, onFiring, onWiring }: Card) {
  const { t } = useTranslation('wizard')
  const line = wiring[output]
  const others = outputNames.filter((name) => name !== output).flatMap((name) => wiring[name]?.coil ?? [])
  const change = (part: Partial<NonNullable<typeof line>>): void => line && onWiring({ ...wiring, [output]: { ...line, ...part } })
  const wire = (on: boolean): void => {
    const { [output]: _dropped, ...rest } = wiring
    onWiring(on ? { ...wiring, [output]: { coil: firstFree(others), delayMs: 0, pulseMs: 100 } } : ({ ...rest, reject: wiring.reject } satisfies Wiring))
  }
  return (
    <Paper variant="outlined" sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.25, bgcolor: line ? 'background.paper' : 'transparent' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', minHeight: '2.5rem' }}>
        <Box sx={{ flex: 1 }}>
          <Typography variant="h3">{t(`common:output.${output}`)}</Typography>
          <Typography variant="body2" color="textSecondary">
            {t(`outputs.meaning.${output}`)}
          </Typography>
        </Box>
        {output !== 'reject' && <Switch checked={line !== undefined} onChange={(_event, on) => wire(on)} slotProps={{ input: { 'aria-label': t('outputs.wired', { output: t(`common:output.${output}`) }) } }} />}
      </Box>
      {line ? (
        <>
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.25, mt: 1 }}>
            <NumberField label={t('outputs.coil')} value={line.coil} min={0} max={65_535} isInteger width="100%" refuse={(coil) => (others.includes(coil) ? t('outputs.coilTaken') : undefined)} onChange={(coil) => change({ coil })} helperText={t('outputs.manual', { number: manualNumber('coil', line.coil) })} />
            <Typography variant="body2" color="textSecondary" sx={{ alignSelf: 'center', pb: 2.5 }}>
              {t('outputs.coilHelp')}
            </Typography>
            <NumberField label={t('outputs.delay')} value={line.delayMs} min={0} max={10_000} unit="ms" width="100%" onChange={(delayMs) => change({ delayMs })} />
            <NumberField label={t('outputs.pulse')} value={line.pulseMs} min={5} max={1_000} unit="ms" width="100%" onChange={(pulseMs) => change({ pulseMs })} />
            {output === 'reject' && (
              <Box sx={{ gridColumn: '1 / -1' }}>
                <Choice label={t('io:delayFrom.label')} value={line.delayFrom ?? 'decision'} options={[['decision', t('io:delayFrom.decision')], ['trigger', t('io:delayFrom.trigger')]]} onPick={(delayFrom) => change({ delayFrom })} />
              </Box>
            )}
          </Box>
          <OutputTest output={output} test={test} canFire={canFire} isFiring={isFiring} onFiring={onFiring} />
        </>
      ) : (
        <Typography color="textSecondary">{t(`outputs.notWired.${output}`)}</Typography>
      )}
    </Paper>
  )
}

function firstFree(taken: readonly number[]): number {
  for (let coil = 0; ; coil++) if (!taken.includes(coil)) return coil
}
