import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../../fields/NumberField.tsx'
import { AddressField } from './AddressField.tsx'
import { Choice } from './Choice.tsx'
import type { Line } from './lineDefaults.ts'
import { Optional } from './Optional.tsx'

const confirmDefaultMs = 500

/** What the line says of a part afterwards, and how far its belt has moved. As a client; the PLC's own handshake says it in its registers. */
export function AnswerFields({ line, isServer, onChange }: { line: Line; isServer: boolean; onChange: (line: Line) => void }) {
  const { t } = useTranslation('io')
  const { inputs = {}, encoder, confirmWithinMs } = line
  const set = (change: Partial<Line>): void => onChange({ ...line, ...change })
  const setInputs = (change: NonNullable<Line['inputs']>): void => set({ inputs: { ...inputs, ...change } })
  const isConfirmed = isServer ? confirmWithinMs !== undefined : inputs.rejectConfirmed !== undefined
  const confirm = (on: boolean): void => set({ confirmWithinMs: on ? confirmDefaultMs : undefined, ...(!isServer && { inputs: { ...inputs, rejectConfirmed: on ? 1 : undefined } }) })
  return (
    <>
      <Optional label={t('line.confirmed')} isOn={isConfirmed} onSwitch={confirm}>
        {inputs.rejectConfirmed !== undefined && <AddressField label={t('line.input')} space="discreteInput" value={inputs.rejectConfirmed} onChange={(rejectConfirmed) => setInputs({ rejectConfirmed })} />}
        <NumberField label={t('line.confirmWithin')} value={confirmWithinMs ?? confirmDefaultMs} min={1} max={60_000} unit="ms" width="100%" onChange={(ms) => set({ confirmWithinMs: ms })} />
      </Optional>
      {!isServer && (
        <>
          <Optional label={t('line.exitEye')} isOn={inputs.exitEye !== undefined} onSwitch={(on) => setInputs({ exitEye: on ? 2 : undefined })}>
            <AddressField label={t('line.input')} space="discreteInput" value={inputs.exitEye ?? 0} onChange={(exitEye) => setInputs({ exitEye })} />
          </Optional>
          <Optional label={t('line.encoder')} isOn={encoder !== undefined} onSwitch={(on) => set({ encoder: on ? { register: 0, wordOrder: 'highFirst', countsPerMm: 10 } : undefined })}>
            {encoder && (
              <>
                <Box sx={{ gridColumn: '1 / -1' }}>
                  <Choice label={t('line.space')} value={encoder.space ?? 'inputRegister'} options={[['inputRegister', t('space.inputRegister')], ['holdingRegister', t('space.holdingRegister')]]} onPick={(space) => set({ encoder: { ...encoder, space } })} />
                </Box>
                <AddressField label={t('line.register')} space={encoder.space ?? 'inputRegister'} value={encoder.register} onChange={(register) => set({ encoder: { ...encoder, register } })} />
                <Choice label={t('line.wordOrder')} value={encoder.wordOrder} options={[['highFirst', t('line.wordOrders.highFirst')], ['lowFirst', t('line.wordOrders.lowFirst')]]} onPick={(wordOrder) => set({ encoder: { ...encoder, wordOrder } })} />
                <NumberField label={t('line.countsPerMm')} value={encoder.countsPerMm} min={0.001} max={100_000} decimals={3} width="100%" onChange={(countsPerMm) => set({ encoder: { ...encoder, countsPerMm } })} />
              </>
            )}
          </Optional>
        </>
      )}
    </>
  )
}
