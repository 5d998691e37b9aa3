import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** scrypt (RFC 7914), salt and key in base64. A short PIN is slow to guess here, and slower through `People.identify`. */
export interface SealedPin {
  readonly salt: string
  readonly key: string
}

const derive = promisify<string, Buffer, number, Buffer>(scrypt)

export async function sealPin(pin: string): Promise<SealedPin> {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), key: (await derive(pin, salt, 32)).toString('base64') }
}

/** Takes the same time whatever the PIN. */
export async function isPinRight({ salt, key }: SealedPin, pin: string): Promise<boolean> {
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'base64'), 32), Buffer.from(key, 'base64'))
}
