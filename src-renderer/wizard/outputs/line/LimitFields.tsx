import { useTranslation } from 'react-i18next'
import { NumberField } from '../../fields/NumberField.tsx'
import { AddressField } from './AddressField.tsx'
import type { Line } from './lineDefaults.ts'
import { Optional } from './Optional.tsx'

/** How late a decision may be, after what the station asks the line to stop, and its sign of life. */
export function LimitFields({ line, isServer, firstFreeCoil, onChange }: { line: Line; isServer: boolean; firstFreeCoil: number; onChange: (line: Line) => void }) {
  const { t } = useTranslation('io')
  const { deadlineMs, stopAfter, aliveCoil } = line
  const set = (change: Partial<Line>): void => onChange({ ...line, ...change })
  return (
    <>
      <NumberField label={t('line.deadline')} value={deadlineMs} min={1} max={60_000} unit="ms" width="100%" helperText={t('line.deadlineHelp')} onChange={(ms) => set({ deadlineMs: ms })} />
      <NumberField label={t('line.rejects')} value={stopAfter.rejectsInARow} min={1} max={1_000} isInteger width="100%" onChange={(rejectsInARow) => set({ stopAfter: { ...stopAfter, rejectsInARow } })} />
      <NumberField label={t('line.noDecisions')} value={stopAfter.noDecisionsInARow} min={1} max={1_000} isInteger width="100%" onChange={(noDecisionsInARow) => set({ stopAfter: { ...stopAfter, noDecisionsInARow } })} />
      {!isServer && (
        <Optional label={`${t('line.alive')}: ${t('line.aliveHelp')}`} isOn={aliveCoil !== undefined} onSwitch={(on) => set({ aliveCoil: on ? firstFreeCoil : undefined })}>
          <AddressField label={t('wizard:outputs.coil')} space="coil" value={aliveCoil ?? 0} onChange={(coil) => set({ aliveCoil: coil })} />
        </Optional>
      )}
    </>
  )
}
