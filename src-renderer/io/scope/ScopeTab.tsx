import { Box, Button, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useState } from 'react'
import { useHotkeys } from 'react-hotkeys-hook'
import { useTranslation } from 'react-i18next'
import type { IoView, ScopePart } from '../../client/stationClient.ts'
import { ScopeFigures } from './ScopeFigures.tsx'
import { ScopePlot } from './ScopePlot.tsx'

const depths = [1, 5, 20] as const

/** An oscilloscope of parts: each begins at its trigger, so that the last ones lie over one another and what is late stands out. */
export function ScopeTab({ io }: { io: IoView }) {
  const { t } = useTranslation('io')
  const [frozen, setFrozen] = useState<readonly ScopePart[] | null>(null)
  const [depth, setDepth] = useState<number>(5)
  const [chosen, setChosen] = useState<number | null>(null)
  const toggle = (): void => setFrozen(frozen ? null : io.parts)
  useHotkeys('f', toggle)
  const parts = (frozen ?? io.parts).slice(0, depth)
  const strong = parts.find((part) => part.number === chosen) ?? parts[0]
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(11rem, 1fr) minmax(0, 1fr)', gap: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Button variant="outlined" color="inherit" aria-pressed={frozen !== null} onClick={toggle} sx={{ flex: 'none', minWidth: '10rem' }}>
          {t(frozen ? 'scope.goOn' : 'scope.freeze')}
        </Button>
        <Typography role="status" color="textSecondary" sx={{ flex: 1 }}>
          {t(frozen ? 'scope.frozen' : 'scope.live')}
        </Typography>
        <Typography id="scope-depth">{t('scope.last')}</Typography>
        <ToggleButtonGroup exclusive value={depth} aria-labelledby="scope-depth" onChange={(_event, next: number | null) => next && setDepth(next)}>
          {depths.map((one) => (
            <ToggleButton key={one} value={one} sx={{ minWidth: '3rem' }}>
              {one}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
      {strong ? (
        <>
          <ScopePlot parts={parts} strong={strong} />
          <ScopeFigures parts={parts} strong={strong} onChoose={setChosen} />
        </>
      ) : (
        <Typography color="textSecondary">{t('scope.empty')}</Typography>
      )}
    </Box>
  )
}
