import { TextField } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface NumberFieldProps {
  label: string
  /** null: nothing is known yet, and the field is empty. */
  value: number | null
  onChange: (value: number) => void
  min?: number
  max?: number
  step?: number
  unit?: string
  /** Decimals shown while nobody types. */
  decimals?: number
  isInteger?: boolean
  disabled?: boolean
  width?: string | number
  /** The caller's own reason why this number will not do; it is not passed on then. */
  refuse?: (value: number) => string | undefined
  helperText?: string
}

/** A number as it is typed; only what lies within its limits is passed on, and what does not says so. */
export function NumberField({ label, value, onChange, min, max, step = 1, unit, decimals = 0, isInteger = false, disabled, width = '8rem', refuse, helperText }: NumberFieldProps) {
  const { t } = useTranslation('wizard')
  const [typed, setTyped] = useState<string | null>(null)
  const objection = (text: string): string | undefined => {
    if (isAllowed(text, min ?? -Infinity, max ?? Infinity, isInteger)) return refuse?.(Number(text))
    return max === undefined ? t('field.atLeast', { min }) : t('field.between', { min, max })
  }
  const reason = typed === null ? undefined : objection(typed)
  return (
    <TextField
      label={label}
      type="number"
      size="small"
      disabled={disabled}
      value={typed ?? (value === null ? '' : String(Number(value.toFixed(decimals))))}
      error={reason !== undefined}
      helperText={reason ?? helperText}
      onChange={({ target }) => {
        setTyped(target.value)
        if (objection(target.value) === undefined) onChange(Number(target.value))
      }}
      onBlur={() => setTyped(null)}
      slotProps={{ htmlInput: { min, max, step, inputMode: isInteger ? 'numeric' : 'decimal' }, input: { endAdornment: unit && <span aria-hidden style={{ paddingLeft: 6, opacity: 0.75 }}>{unit}</span> } }}
      sx={{ width }}
    />
  )
}

function isAllowed(text: string, min: number, max: number, isInteger: boolean): boolean {
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) && number >= min && number <= max && (!isInteger || Number.isInteger(number))
}
