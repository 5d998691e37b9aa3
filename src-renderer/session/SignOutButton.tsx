import { Button, type ButtonProps } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useClient } from '../client/ClientContext.ts'
import { useSession } from '../store/mirror.ts'
import { callSession } from './callSession.ts'

/** Who acts here at the moment, and the way to act as nobody. Absent while nobody is signed in. */
export function SignOutButton(button: Pick<ButtonProps, 'sx'>) {
  const { t } = useTranslation()
  const client = useClient()
  const person = useSession()?.person
  if (!person) return null
  return (
    <Button {...button} color="inherit" title={t('session.signOut')} onClick={() => void callSession(client.session.signOut())}>
      {t('session.signedIn', { name: person.name })}
    </Button>
  )
}
