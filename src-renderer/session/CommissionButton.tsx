import { Button, type ButtonProps } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { CommissionIcon } from '../parts/icons.tsx'
import { useSession } from '../store/mirror.ts'
import { PinDialog } from './PinDialog.tsx'

/** The technician's way in; asks for the PIN where one is set and nobody has given it yet. */
export function CommissionButton(button: Pick<ButtonProps, 'sx'>) {
  const { t } = useTranslation()
  const client = useClient()
  const session = useSession()
  const [asksPin, setAsksPin] = useState(false)
  const begin = () => void call(client.commissioning.begin({}))
  return (
    <>
      <Button {...button} color="inherit" startIcon={<CommissionIcon />} onClick={() => (session?.pinIsSet && session.role === 'operator' ? setAsksPin(true) : begin())}>
        {t('session.commission')}
      </Button>
      {asksPin && (
        <PinDialog
          onClose={() => setAsksPin(false)}
          onSignedIn={() => {
            setAsksPin(false)
            begin()
          }}
        />
      )}
    </>
  )
}
