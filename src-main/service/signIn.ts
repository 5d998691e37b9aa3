import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { fault } from '../domain/fault.ts'
import type { Role } from '../domain/role.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'

/** scrypt (RFC 7914), salt and key in base64. A short PIN is slow to guess here, and slower through `attempt`. */
export interface PinDocument {
  readonly salt: string
  readonly key: string
}

const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const waitAfterWrongMs = 2_000

/** Without a PIN everybody is a technician, as on a station fresh from its box; with one, everybody starts as operator. */
export class SignIn {
  readonly #evidence: EvidencePort
  readonly #clock: ClockPort
  #pin: PinDocument | undefined
  #attempts: Promise<unknown> = Promise.resolve()

  constructor(evidence: EvidencePort, clock: ClockPort, pin: PinDocument | undefined) {
    this.#evidence = evidence
    this.#clock = clock
    this.#pin = pin
  }

  get pinIsSet(): boolean { return this.#pin !== undefined }
  get startingRole(): Role { return this.#pin ? 'operator' : 'technician' }

  /** One attempt at a time, and a wrong one costs two seconds: 10,000 PINs take over five hours. */
  attempt(pin: string): Promise<Result<Role>> {
    const answer = this.#attempts.then(() => this.#check(pin))
    this.#attempts = answer.catch(() => undefined)
    return answer
  }

  async set(pin: string): Promise<Result<null>> {
    const salt = randomBytes(16)
    const document: PinDocument = { salt: salt.toString('base64'), key: (await derive(pin, salt, 32)).toString('base64') }
    const saved = await this.#evidence.saveDocument('pin', document)
    if (!saved.ok) return saved
    this.#pin = document
    const audited = await this.#evidence.audit({ who: 'technician', what: 'session.setPin' })
    return audited.ok ? succeed(null) : audited
  }

  async #check(pin: string): Promise<Result<Role>> {
    if (!this.#pin) return succeed('technician')
    const key = await derive(pin, Buffer.from(this.#pin.salt, 'base64'), 32)
    if (timingSafeEqual(key, Buffer.from(this.#pin.key, 'base64'))) return succeed('technician')
    await this.#evidence.audit({ who: 'operator', what: 'session.signIn refused' })
    await this.#clock.sleep(waitAfterWrongMs)
    return fail(fault('request/notAllowed', 'the PIN is not right'))
  }
}
