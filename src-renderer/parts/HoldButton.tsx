import { Box, Button, type ButtonProps } from '@mui/material'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

const holdMs = 1_000

/**
 * Acts after being held for a second, by finger, mouse or key (Space, Enter), and never on a brush with the sleeve.
 * The bar under the text shows how much of the second has passed.
 */
export function HoldButton({ onHeld, children, ...button }: Omit<ButtonProps, 'onClick'> & { onHeld: () => void }) {
  const [isHeld, setIsHeld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const press = (): void => {
    clearTimeout(timer.current)
    setIsHeld(true)
    timer.current = setTimeout(() => {
      setIsHeld(false)
      onHeld()
    }, holdMs)
  }
  const release = (): void => {
    clearTimeout(timer.current)
    setIsHeld(false)
  }
  const isHoldKey = (event: KeyboardEvent): boolean => event.key === ' ' || event.key === 'Enter'

  return (
    <Button
      {...button}
      onPointerDown={(event) => event.button === 0 && press()}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onBlur={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => isHoldKey(event) && !event.repeat && press()}
      onKeyUp={(event) => isHoldKey(event) && release()}
    >
      {children}
      <Box
        aria-hidden
        sx={{ position: 'absolute', left: 0, bottom: 0, height: 6, bgcolor: 'currentColor', width: isHeld ? '100%' : 0, transition: isHeld ? `width ${holdMs}ms linear` : 'none' }}
      />
    </Button>
  )
}
