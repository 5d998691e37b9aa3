import { Button, type ButtonProps } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { CommissionIcon } from '../parts/icons.tsx'
import { useSession } from '../store/mirror.ts'
import { SignInDialog } from './SignInDialog.tsx'

/** The technician's way in; asks who it is where the session may not do that yet. */
export function CommissionButton(button: Pick<ButtonProps, 'sx'>) {
  const { t } = useTranslation()
  const client = useClient()
  const session = useSession()
  const [asks, setAsks] = useState(false)
  const begin = () => void call(client.commissioning.begin({}))
  return (
    <>
      <Button {...button} color="inherit" startIcon={<CommissionIcon />} onClick={() => (session?.role === 'operator' ? setAsks(true) : begin())}>
        {t('session.commission')}
      </Button>
      {asks && session && (
        <SignInDialog
          people={session.people.filter((person) => person.role !== 'operator')}
          onClose={() => setAsks(false)}
          onSignedIn={() => {
            setAsks(false)
            begin()
          }}
        />
      )}
    </>
  )
}
