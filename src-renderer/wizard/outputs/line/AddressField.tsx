import { useTranslation } from 'react-i18next'
import { manualNumber, type RegisterSpace } from '../../../../src-preload/contract/io.ts'
import { NumberField } from '../../fields/NumberField.tsx'

/** An address from 0, with what the PLC's manual calls it below. */
export function AddressField({ label, space, value, onChange }: { label: string; space: RegisterSpace; value: number; onChange: (address: number) => void }) {
  const { t } = useTranslation('io')
  return <NumberField label={label} value={value} min={0} max={65_535} isInteger width="100%" onChange={onChange} helperText={t('line.manual', { number: manualNumber(space, value) })} />
}
