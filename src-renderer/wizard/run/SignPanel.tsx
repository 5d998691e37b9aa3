import { Button, Dialog, DialogContent, DialogTitle, MenuItem, Paper, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView, SessionView } from '../../client/stationClient.ts'
import { mm } from '../../parts/mm.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { PeopleButton } from '../../session/PeopleButton.tsx'
import { PinPad } from '../../session/PinPad.tsx'
import { notifyFault, notifyOffline } from '../../store/notices.ts'
import { useSession } from '../../store/mirror.ts'
import { DoneIcon } from '../icons.tsx'

type Signature = CommissioningView['signatures'][number]
const meanings: readonly Signature['meaning'][] = ['commissioned', 'approved']

/** Who stands for this station, with name, role, meaning and time; the PIN once more makes it a deliberate act. */
export function SignPanel({ signatures, isReady }: { signatures: readonly Signature[]; isReady: boolean }) {
  const { t } = useTranslation('wizard')
  const { dateTime } = useFormats()
  const session = useSession()
  const [asks, setAsks] = useState(false)
  const signers = session?.people.filter(({ role }) => role !== 'operator') ?? []
  return (
    <Paper variant="outlined" sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography sx={{ fontWeight: 650 }}>{t('sign.title')}</Typography>
      {signatures.map(({ name, role, meaning, at }) => (
        <Typography key={`${name} ${meaning} ${at}`} sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}>
          <DoneIcon fontSize="small" />
          {t('sign.line', { name, role: t(`common:role.${role}`), meaning: t(`sign.meaning.${meaning}`), at: dateTime(at) })}
        </Typography>
      ))}
      {signatures.length === 0 && signers.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('sign.needed')}
        </Typography>
      )}
      <PeopleButton />
      {signers.length > 0 && (
        <Button variant="outlined" disabled={!isReady} sx={{ minHeight: mm(12) }} onClick={() => setAsks(true)}>
          {t('sign.button')}
        </Button>
      )}
      {asks && <SignDialog signers={signers} onClose={() => setAsks(false)} />}
    </Paper>
  )
}

function SignDialog({ signers, onClose }: { signers: SessionView['people']; onClose: () => void }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const me = useSession()?.person
  const [person, setPerson] = useState(signers.find(({ id }) => id === me?.id)?.id ?? signers[0]!.id)
  const [meaning, setMeaning] = useState<Signature['meaning']>('commissioned')
  const tryPin = async (pin: string): Promise<boolean> => {
    try {
      const answer = await client.commissioning.sign({ person, pin, meaning })
      if (!answer.ok && answer.fault.code === 'request/notAllowed') return false
      if (!answer.ok) notifyFault(answer.fault)
    } catch {
      notifyOffline()
    }
    onClose()
    return true
  }
  return (
    <Dialog open onClose={onClose} aria-labelledby="sign-title">
      <DialogTitle id="sign-title">{t('sign.title')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5, width: '19rem' }}>
        <TextField select size="small" label={t('sign.who')} value={person} onChange={({ target }) => setPerson(target.value)} sx={{ mt: 1 }}>
          {signers.map(({ id, name, role }) => (
            <MenuItem key={id} value={id}>
              {name}, {t(`common:role.${role}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextField select size="small" label={t('sign.as')} value={meaning} onChange={({ target }) => setMeaning(target.value as Signature['meaning'])}>
          {meanings.map((one) => (
            <MenuItem key={one} value={one}>
              {t(`sign.meaning.${one}`)}
            </MenuItem>
          ))}
        </TextField>
        <PinPad tryPin={tryPin} />
        <Button color="inherit" onClick={onClose} sx={{ minHeight: mm(12) }}>
          {t('common:cancel')}
        </Button>
      </DialogContent>
    </Dialog>
  )
}
