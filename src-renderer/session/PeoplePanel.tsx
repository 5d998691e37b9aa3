import { Box, Button, MenuItem, TextField, Typography } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../client/ClientContext.ts'
import type { SessionView } from '../client/stationClient.ts'
import { useSession } from '../store/mirror.ts'
import { callSession } from './callSession.ts'

type Role = SessionView['role']
const roles: readonly Role[] = ['operator', 'technician', 'engineer']
const isPin = (text: string): boolean => /^\d{4,8}$/.test(text)

/** Who may do what here. The first person named is the engineer; from then on whoever wants to change the station signs in. */
export function PeoplePanel() {
  const { t } = useTranslation()
  const session = useSession()
  if (!session) return null
  const mayChange = session.role === 'engineer'
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Typography>{session.people.length > 0 ? t('people.help') : t('people.nobody')}</Typography>
      <PeopleList people={session.people} mayChange={mayChange} />
      {mayChange && <NewPerson isFirst={session.people.length === 0} />}
    </Box>
  )
}

function PeopleList({ people, mayChange }: { people: SessionView['people']; mayChange: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {people.map(({ id, name, role }) => (
        <Box component="li" key={id} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <Typography noWrap sx={{ flex: 1, minWidth: 0 }}>
            {name}
          </Typography>
          <Typography color="textSecondary">{t(`role.${role}`)}</Typography>
          {mayChange && (
            <Button size="small" color="inherit" aria-label={t('people.removeNamed', { name })} onClick={() => void callSession(client.session.removePerson({ person: id }))}>
              {t('people.remove')}
            </Button>
          )}
        </Box>
      ))}
    </Box>
  )
}

function NewPerson({ isFirst }: { isFirst: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<Role>('technician')
  const [pin, setPin] = useState('')
  const role = isFirst ? 'engineer' : chosen
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!(await callSession(client.session.addPerson({ name, role, pin })))) return
    setName('')
    setPin('')
  }
  return (
    <Box component="form" onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1, alignItems: 'start' }}>
      <TextField size="small" label={t('people.name')} autoComplete="off" value={name} onChange={({ target }) => setName(target.value)} slotProps={{ htmlInput: { maxLength: 80 } }} />
      <TextField size="small" select label={t('people.role')} disabled={isFirst} value={role} onChange={({ target }) => setChosen(target.value as Role)}>
        {roles.map((one) => (
          <MenuItem key={one} value={one}>
            {t(`role.${one}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField size="small" label={t('people.pin')} type="password" autoComplete="new-password" value={pin} error={pin !== '' && !isPin(pin)} helperText={t('people.pinRule')} onChange={({ target }) => setPin(target.value)} slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 8 } }} />
      <Button type="submit" variant="outlined" disabled={name.trim() === '' || !isPin(pin)} sx={{ minHeight: '2.5rem' }}>
        {t('people.add')}
      </Button>
    </Box>
  )
}
