import { Button, Dialog, DialogContent, DialogTitle } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../client/ClientContext.ts'
import type { SessionView } from '../client/stationClient.ts'
import { mm } from '../parts/mm.ts'
import { useMirror } from '../store/mirror.ts'
import { notifyOffline } from '../store/notices.ts'
import { PinPad } from './PinPad.tsx'

type Person = SessionView['people'][number]

/** Asks who it is, where several may, and then for that person's PIN. */
export function SignInDialog({ people, onSignedIn, onClose }: { people: readonly Person[]; onSignedIn: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [person, setPerson] = useState<Person | null>(people.length === 1 ? people[0]! : null)
  const tryPin = async (pin: string): Promise<boolean> => {
    try {
      const answer = await client.session.signIn({ person: person!.id, pin })
      if (!answer.ok) return false
      useMirror.setState({ session: answer.value })
      onSignedIn()
      return true
    } catch {
      notifyOffline()
      return true
    }
  }
  return (
    <Dialog open onClose={onClose} aria-labelledby="sign-in-title">
      <DialogTitle id="sign-in-title">{person ? t('pin.title', { name: person.name }) : t('session.who')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5, width: '19rem' }}>
        {person ? (
          <PinPad tryPin={tryPin} />
        ) : (
          people.map((one) => (
            <Button key={one.id} variant="outlined" color="inherit" onClick={() => setPerson(one)} sx={{ minHeight: mm(15), justifyContent: 'space-between' }}>
              <span>{one.name}</span>
              <span>{t(`role.${one.role}`)}</span>
            </Button>
          ))
        )}
        <Button color="inherit" onClick={onClose} sx={{ minHeight: mm(15) }}>
          {t('cancel')}
        </Button>
      </DialogContent>
    </Dialog>
  )
}
