import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { LanguageSwitch } from '../parts/LanguageSwitch.tsx'
import { mm } from '../parts/mm.ts'
import { ThemeSwitch } from '../parts/ThemeSwitch.tsx'
import { useCommissioning, useStation } from '../store/mirror.ts'
import { Tile } from './Tile.tsx'
import { WorldPicture } from './WorldPicture.tsx'

/** The three ways to begin on a station that has no recipe yet. */
export function FirstRun() {
  const { t } = useTranslation('firstRun')
  const client = useClient()
  const worlds = useCommissioning()?.sources.filter(({ kind }) => kind === 'simulated') ?? []
  const version = useStation()?.version
  return (
    <Box component="main" sx={{ minHeight: '100%', boxSizing: 'border-box', display: 'flex', flexDirection: 'column', px: 4, pb: 4 }}>
      <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: mm(15) }}>
        <Typography sx={{ fontWeight: 700 }}>Stationmaster</Typography>
        <Typography variant="body2" color="textSecondary">
          {version}
        </Typography>
        <Box sx={{ ml: 'auto', display: 'flex', gap: 0.5 }}>
          <LanguageSwitch sx={{ minHeight: mm(15) }} />
          <ThemeSwitch sx={{ minHeight: mm(15), minWidth: mm(15) }} />
        </Box>
      </Box>
      <Box sx={{ m: 'auto', width: '100%', maxWidth: '84rem' }}>
        <Typography variant="h1" sx={{ mb: 1 }}>
          {t('title')}
        </Typography>
        <Typography color="textSecondary" sx={{ mb: 4, maxWidth: '80ch' }}>
          {t('subtitle')}
        </Typography>
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', md: '1.6fr 1fr 1fr' } }}>
          <Tile title={t('demo.title')} text={t('demo.text')} takes={t('demo.takes')}>
            <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(auto-fit, minmax(8rem, 1fr))' }}>
              {worlds.map(({ source, name }) => (
                <Button key={source} variant="outlined" onClick={() => void call(client.commissioning.begin({ source }))} sx={{ flexDirection: 'column', p: 1, gap: 0.5, minHeight: mm(34) }}>
                  <Box sx={{ height: mm(22), width: '100%' }}>
                    <WorldPicture source={source} />
                  </Box>
                  {t(`world.${name}`, { defaultValue: name })}
                </Button>
              ))}
            </Box>
          </Tile>
          <Tile title={t('commission.title')} text={t('commission.text')} takes={t('commission.takes')}>
            <Button variant="contained" onClick={() => void call(client.commissioning.begin({}))} sx={{ minHeight: mm(15) }}>
              {t('commission.begin')}
            </Button>
          </Tile>
          <Tile title={t('import.title')} text={t('import.text')} takes={t('import.notYet')} isDimmed>
            <Button variant="outlined" disabled sx={{ minHeight: mm(15) }}>
              {t('import.choose')}
            </Button>
          </Tile>
        </Box>
      </Box>
    </Box>
  )
}
