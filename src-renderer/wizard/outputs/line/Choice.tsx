import { MenuItem, TextField } from '@mui/material'

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly (readonly [value: T, text: string])[]
  onPick: (value: T) => void
  helperText?: string
}

/** One of a few, by name. */
export function Choice<T extends string>({ label, value, options, onPick, helperText }: ChoiceProps<T>) {
  return (
    <TextField select size="small" fullWidth label={label} value={value} helperText={helperText} onChange={({ target }) => onPick(target.value as T)}>
      {options.map(([option, text]) => (
        <MenuItem key={option} value={option}>
          {text}
        </MenuItem>
      ))}
    </TextField>
  )
}
