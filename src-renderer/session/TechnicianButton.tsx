import { Button, type ButtonProps } from '@mui/material'
import { useState } from 'react'
import { useSession } from '../store/mirror.ts'
import { SignInDialog } from './SignInDialog.tsx'

/** A way into what operators may not do; asks who it is where the session may not do that yet. */
export function TechnicianButton({ onAllowed, ...button }: Pick<ButtonProps, 'sx' | 'startIcon' | 'children'> & { onAllowed: () => void }) {
  const session = useSession()
  const [asks, setAsks] = useState(false)
  return (
    <>
      <Button {...button} color="inherit" onClick={() => (session?.role === 'operator' ? setAsks(true) : onAllowed())} />
      {asks && session && (
        <SignInDialog
          people={session.people.filter((person) => person.role !== 'operator')}
          onClose={() => setAsks(false)}
          onSignedIn={() => {
            setAsks(false)
            onAllowed()
          }}
        />
      )}
    </>
  )
}
