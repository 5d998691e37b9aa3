import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../../fields/NumberField.tsx'
import { isDevicePath } from '../plcAddress.ts'
import { Choice } from './Choice.tsx'
import type { PartIds } from './lineDefaults.ts'
import { TextSetting } from './TextSetting.tsx'

type Scanner = Extract<PartIds, { kind: 'barcode' }>

const endings = [['\r', 'CR'], ['\n', 'LF'], ['\r\n', 'CR LF']] as const

/** A serial scanner: what it sent last before the trigger names the part. */
export function BarcodeFields({ scanner, onChange }: { scanner: Scanner; onChange: (scanner: Scanner) => void }) {
  const { t } = useTranslation('io')
  const [typed, setTyped] = useState(scanner.path)
  const changePath = (path: string): void => {
    setTyped(path)
    if (isDevicePath(path)) onChange({ ...scanner, path })
  }
  const ending = endings.find(([suffix]) => suffix === scanner.suffix)?.[0] ?? '\r'
  return (
    <>
      <TextSetting label={t('line.path')} value={typed} most={300} objection={isDevicePath(typed) ? undefined : t('plc.pathWrong')} onChange={changePath} />
      <NumberField label={t('line.baud')} value={scanner.baud} min={1_200} max={921_600} isInteger width="100%" onChange={(baud) => onChange({ ...scanner, baud })} />
      <Choice label={t('line.ending')} value={ending} options={endings} onPick={(suffix) => onChange({ ...scanner, suffix })} />
      <TextSetting label={t('line.idPrefix')} value={scanner.prefix} most={20} onChange={(prefix) => onChange({ ...scanner, prefix })} />
    </>
  )
}
