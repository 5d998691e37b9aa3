import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { CssBaseline, ThemeProvider } from '@mui/material'
import type { ReactNode } from 'react'
import './fonts.css'
import { theme } from './theme.ts'
import { usePanelScale } from './usePanelScale.ts'

/** Emotion writes style elements, which the page's policy lets through only with the nonce that came with the page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
const styles = createCache({ key: 'sm', nonce: nonce || undefined })

export function StyleProvider({ children }: { children: ReactNode }) {
  usePanelScale()
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="stationmaster.theme" noSsr>
        <CssBaseline />
        {children}
      </ThemeProvider>
    </CacheProvider>
  )
}
