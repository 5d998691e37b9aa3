import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { StationView } from '../client/stationClient.ts'
import { HoldButton } from '../parts/HoldButton.tsx'
import { mm } from '../parts/mm.ts'
import { useFormats } from '../parts/useFormats.ts'

const button = { minHeight: mm(15), px: 1.5, borderWidth: 2, bgcolor: 'background.paper', lineHeight: 1.2 } as const

/** What passes between the station and its line: who commands, the last known part, parts that nobody looked at, and the operator's buttons for it. */
export function LineStrip({ line, isOnline }: { line: StationView['line']; isOnline: boolean }) {
  const { t } = useTranslation('console')
  const client = useClient()
  const other = line.control === 'plc' ? 'human' : 'plc'
  return (
    <Box component="section" aria-label={t('line.label')} sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <LineFacts line={line} />
      </Box>
      {line.trigger === 'software' && (
        <Button variant="contained" disabled={!isOnline} onClick={() => void call(client.station.trigger())} sx={{ ...button, bgcolor: 'primary.main' }}>
          {t('line.trigger')}
        </Button>
      )}
      {line.trigger === 'plc' && (
        <HoldButton variant="outlined" color="inherit" disabled={!isOnline} onHeld={() => void call(client.station.setControl({ holder: other }))} sx={button}>
          <Held text={t(`line.give.${other}`)} />
        </HoldButton>
      )}
      <HoldButton variant="outlined" color="inherit" disabled={!isOnline} onHeld={() => void call(client.station.challengeNext())} sx={button}>
        <Held text={t('line.challenge')} />
      </HoldButton>
    </Box>
  )
}

function Held({ text }: { text: string }) {
  const { t } = useTranslation('console')
  return (
    <Box component="span">
      {text}
      <Typography component="span" variant="caption" sx={{ display: 'block', fontWeight: 450, lineHeight: 1.15 }}>
        {t('button.stopHint')}
      </Typography>
    </Box>
  )
}

function LineFacts({ line: { control, counters, lastChallenge } }: { line: StationView['line'] }) {
  const { t } = useTranslation('console')
  const { count, time } = useFormats()
  const { missed, late, overrun } = counters
  const facts = [
    t(`line.control.${control}`),
    t('line.unseen', { missed: count(missed), late: count(late), overrun: count(overrun) }),
    lastChallenge ? t(`line.challenged.${lastChallenge.result}`, { time: time(lastChallenge.wallTime) }) : t('line.notChallenged'),
  ]
  return (
    <>
      {facts.map((fact) => (
        <Typography key={fact} variant="body2" sx={{ lineHeight: 1.25, fontWeight: fact === facts[2] && lastChallenge?.result === 'accepted' ? 650 : 400 }}>
          {fact}
        </Typography>
      ))}
    </>
  )
}
