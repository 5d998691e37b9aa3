import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHotkeys } from 'react-hotkeys-hook'
import { BackIcon } from '../parts/icons.tsx'
import { mm } from '../parts/mm.ts'

const shortest = 4
const longest = 8
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

/** A number pad for a PIN of 4 to 8 digits, for fingers and for keys. `tryPin` says whether it was right; a wrong one is erased. */
export function PinPad({ tryPin }: { tryPin: (pin: string) => Promise<boolean> }) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const press = (digit: string) => {
    setIsWrong(false)
    setPin((old) => (old + digit).slice(0, longest))
  }
  const erase = () => setPin((old) => old.slice(0, -1))
  const send = async () => {
    if (pin.length < shortest) return
    setPin('')
    setIsWrong(!(await tryPin(pin)))
  }
  useHotkeys([...digits], (event) => press(event.key), { useKey: true })
  useHotkeys('backspace', erase)
  // On a focused key Enter presses that key.
  useHotkeys('enter', () => void send(), { ignoreEventWhen: ({ target }) => target instanceof HTMLButtonElement }, [pin])

  const key = { minHeight: mm(20), fontSize: '1.5rem' } as const
  return (
    <>
      <Box role="status" aria-label={t('pin.typed', { count: pin.length })} sx={{ height: '2rem', fontSize: '2rem', lineHeight: 1, letterSpacing: '0.3em', textAlign: 'center' }}>
        {'•'.repeat(pin.length)}
      </Box>
      <Typography role="alert" variant="body2" sx={{ minHeight: '1.5em', textAlign: 'center', color: 'error.main', fontWeight: 600 }}>
        {isWrong && t('pin.wrong')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1 }}>
        {digits.slice(0, 9).map((digit) => (
          <Button key={digit} variant="outlined" color="inherit" onClick={() => press(digit)} sx={key}>
            {digit}
          </Button>
        ))}
        <Button variant="outlined" color="inherit" aria-label={t('pin.erase')} onClick={erase} sx={key}>
          <BackIcon />
        </Button>
        <Button variant="outlined" color="inherit" onClick={() => press('0')} sx={key}>
          0
        </Button>
        <Button variant="contained" disabled={pin.length < shortest} onClick={() => void send()} sx={{ ...key, fontSize: '1.125rem' }}>
          {t('pin.enter')}
        </Button>
      </Box>
    </>
  )
}
