import { TextField } from '@mui/material'

interface Setting {
  label: string
  value: string
  most: number
  /** Why this text will not do, shown as it is typed. */
  objection?: string
  onChange: (text: string) => void
}

export const TextSetting = ({ label, value, most, objection, onChange }: Setting) => (
  <TextField size="small" fullWidth label={label} value={value} error={objection !== undefined} helperText={objection} onChange={({ target }) => onChange(target.value)} slotProps={{ htmlInput: { maxLength: most } }} />
)
