import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { SessionView, StationView } from '../client/stationClient.ts'
import { SignInDialog } from '../session/SignInDialog.tsx'
import { useSession } from '../store/mirror.ts'
import { bandButton } from './bandButton.ts'

const rank: Readonly<Record<SessionView['role'], number>> = { operator: 0, technician: 1, engineer: 2 }

/** Clears the latched fault, and says who may where the session may not: then it asks who is there. */
export function ClearFault({ clearedBy }: { clearedBy: NonNullable<StationView['clearedBy']> }) {
  const { t } = useTranslation('console')
  const client = useClient()
  const session = useSession()
  const [asks, setAsks] = useState(false)
  const isAllowed = session !== null && rank[session.role] >= rank[clearedBy]
  const clear = (): void => void call(client.station.clearFault())
  return (
    <>
      <Button variant="outlined" color="inherit" onClick={() => (isAllowed ? clear() : setAsks(true))} sx={bandButton}>
        <Box component="span">
          {t('button.clearFault')}
          {!isAllowed && (
            <Typography component="span" variant="caption" sx={{ display: 'block', fontWeight: 450 }}>
              {t(`clearedBy.${clearedBy}`)}
            </Typography>
          )}
        </Box>
      </Button>
      {asks && session && (
        <SignInDialog
          people={session.people.filter(({ role }) => rank[role] >= rank[clearedBy])}
          onClose={() => setAsks(false)}
          onSignedIn={() => {
            setAsks(false)
            clear()
          }}
        />
      )}
    </>
  )
}
