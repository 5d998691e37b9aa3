import { IconButton, Menu, MenuItem, type IconButtonProps } from '@mui/material'
import { useColorScheme } from '@mui/material/styles'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ThemeIcon } from './icons.tsx'

const modes = ['system', 'light', 'dark'] as const

/** Light, dark, or as the system asks. */
export function ThemeSwitch(button: Pick<IconButtonProps, 'sx'>) {
  const { t } = useTranslation()
  const { mode, setMode } = useColorScheme()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <IconButton {...button} color="inherit" aria-haspopup="menu" aria-label={t('theme.choose')} onClick={(event) => setAnchor(event.currentTarget)}>
        <ThemeIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {modes.map((choice) => (
          <MenuItem key={choice} selected={choice === mode} onClick={() => (setMode(choice), setAnchor(null))}>
            {t(`theme.${choice}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
