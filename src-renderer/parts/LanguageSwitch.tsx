import { Button, Menu, MenuItem, type ButtonProps } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageIcon } from './icons.tsx'
import { languages, setLanguage } from './translations.ts'

const nameOf = (language: string): string => new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language

/** Every language there is a folder for, each in its own words. */
export function LanguageSwitch(button: Pick<ButtonProps, 'sx'>) {
  const { t, i18n } = useTranslation()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <Button {...button} color="inherit" aria-haspopup="menu" aria-label={t('language.choose')} startIcon={<LanguageIcon />} onClick={(event) => setAnchor(event.currentTarget)}>
        {i18n.language.slice(0, 2).toUpperCase()}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {languages.map((language) => (
          <MenuItem key={language} lang={language} selected={language === i18n.language} onClick={() => (setLanguage(language), setAnchor(null))}>
            {nameOf(language)}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
