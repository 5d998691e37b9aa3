import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'

interface Count {
  usable: number
  total: number
  minimum: number
  recommended: number
}

/** How many good pictures there are, against how many are needed and how many help. */
export function BaselineCount({ usable, total, minimum, recommended }: Count) {
  const { t } = useTranslation('wizard')
  const full = Math.max(recommended, usable)
  const share = (count: number): string => `${(count / full) * 100}%`
  return (
    <Box sx={{ width: '21rem', flex: 'none' }}>
      <Typography sx={{ mb: 0.75 }}>
        <Box component="strong" sx={{ fontSize: '1.35rem' }}>
          {usable}
        </Box>{' '}
        {t('baseline.usable', { count: usable })}
        {total > usable && <Box component="span" sx={{ color: 'text.secondary' }}>{` · ${t('baseline.setAside', { count: total - usable })}`}</Box>}
      </Typography>
      <Box role="meter" aria-label={t('baseline.usable', { count: usable })} aria-valuenow={usable} aria-valuemin={0} aria-valuemax={full} sx={{ position: 'relative', height: 10, bgcolor: 'divider', borderRadius: 1 }}>
        <Box style={{ width: share(usable) }} sx={{ height: '100%', borderRadius: 1, bgcolor: usable < minimum ? 'text.secondary' : 'primary.main' }} />
        {[minimum, recommended].map((mark) => (
          <Box key={mark} style={{ left: share(mark) }} sx={{ position: 'absolute', top: -3, height: 16, width: 2, ml: '-1px', bgcolor: 'text.primary' }} />
        ))}
      </Box>
      <Box sx={{ position: 'relative', height: '1.2rem' }}>
        <Mark at={share(minimum)} text={t('baseline.minimum', { count: minimum })} />
        <Mark at="100%" text={t('baseline.recommended', { count: recommended })} isEnd />
      </Box>
    </Box>
  )
}

const Mark = ({ at, text, isEnd = false }: { at: string; text: string; isEnd?: boolean }) => (
  <Typography variant="caption" noWrap style={isEnd ? { right: 0 } : { left: at }} sx={{ position: 'absolute', top: 2, color: 'text.secondary', transform: isEnd ? 'none' : 'translateX(-50%)' }}>
    {text}
  </Typography>
)
