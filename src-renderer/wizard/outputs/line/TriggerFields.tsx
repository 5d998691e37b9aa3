import { useTranslation } from 'react-i18next'
import type { IoPorts } from '../../../client/stationClient.ts'
import { NumberField } from '../../fields/NumberField.tsx'
import { AddressField } from './AddressField.tsx'
import { Choice } from './Choice.tsx'
import { idKindsOf, partIdsOf, triggerKinds, withTrigger, type Line } from './lineDefaults.ts'
import { BarcodeFields } from './BarcodeFields.tsx'
import { TextSetting } from './TextSetting.tsx'

interface Fields {
  line: Line
  /** The PLC connects to the station: only then there is a handshake. */
  isServer: boolean
  ports: IoPorts | null
  onChange: (line: Line) => void
}

/** Who announces a part, and who names it; what does not go together is not offered. */
export function TriggerFields({ line, isServer, ports, onChange }: Fields) {
  const { t } = useTranslation('io')
  const { trigger, partIds } = line
  const set = (change: Partial<Line>): void => onChange({ ...line, ...change })
  const kinds = triggerKinds.filter((kind) => isServer === (kind === 'plc') || kind === trigger.kind)
  return (
    <>
      <Choice label={t('line.trigger')} value={trigger.kind} options={kinds.map((kind) => [kind, t(`line.triggers.${kind}`)])} onPick={(kind) => onChange(withTrigger(line, kind))} helperText={trigger.kind === 'plc' && !isServer ? t('line.triggerNeedsServer') : undefined} />
      {trigger.kind === 'input' && (
        <>
          <AddressField label={t('line.input')} space="discreteInput" value={trigger.input} onChange={(input) => set({ trigger: { ...trigger, input } })} />
          <Choice label={t('line.edge')} value={trigger.edge} options={[['rising', t('line.edges.rising')], ['falling', t('line.edges.falling')]]} onPick={(edge) => set({ trigger: { ...trigger, edge } })} />
          <NumberField label={t('line.debounce')} value={trigger.debounceMs} min={0} max={1_000} unit="ms" width="100%" onChange={(debounceMs) => set({ trigger: { ...trigger, debounceMs } })} />
        </>
      )}
      {trigger.kind === 'interval' && <NumberField label={t('line.every')} value={trigger.everyMs} min={10} max={3_600_000} unit="ms" width="100%" onChange={(everyMs) => set({ trigger: { ...trigger, everyMs } })} />}
      <Choice label={t('line.partIds')} value={partIds.kind} options={idKindsOf(trigger).map((kind) => [kind, t(`line.ids.${kind}`)])} onPick={(kind) => set({ partIds: partIdsOf(kind, ports?.serial[0]?.path ?? '/dev/ttyUSB0') })} />
      {partIds.kind === 'counter' && <TextSetting label={t('line.prefix')} value={partIds.prefix} most={40} onChange={(prefix) => set({ partIds: { ...partIds, prefix } })} />}
      {partIds.kind === 'barcode' && <BarcodeFields scanner={partIds} onChange={(scanner) => set({ partIds: scanner })} />}
    </>
  )
}
