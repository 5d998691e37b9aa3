import { fault } from '../domain/fault.ts'
import { fail, type Result } from '../domain/result.ts'
import { mayActAs, type Role } from '../domain/role.ts'
import type { ControlHolder } from '../domain/station.ts'
import { clearingRole } from '../station/faultPolicy.ts'
import type { Station } from '../station/station.ts'
import { latchedFault } from '../station/stationMachine.ts'

/** Who gives a command, and with which rights. */
export interface Caller {
  readonly role: Role
  readonly who: string
}

/** Keeps what was decided, and who decided it. */
export type Audit = (what: string, who: string, control?: ControlHolder) => Promise<Result<null>>

/** What an operator says to the station while it runs. */
export class LineCommands {
  readonly #station: Station
  readonly #audit: Audit

  constructor(station: Station, audit: Audit) {
    this.#station = station
    this.#audit = audit
  }

  /** Fault: request/notAllowed where the latched fault takes somebody else. */
  async clearFault({ role, who }: Caller): Promise<Result<null>> {
    const latched = latchedFault(this.#station.state)
    if (latched && !mayActAs(role, clearingRole(latched.code))) return fail(fault('request/notAllowed', `${latched.code} is cleared by the role ${clearingRole(latched.code)}, and this is ${role}`))
    this.#station.clearFault()
    return this.#audit(`station.clearFault ${latched?.code ?? ''}`.trim(), who)
  }

  async clearStopRequest({ who }: Caller): Promise<Result<null>> {
    const { stopRequest } = this.#station.tally
    this.#station.clearStopRequest()
    return this.#audit(`station.clearStopRequest ${stopRequest?.reason ?? ''}`.trim(), who)
  }

  async setControl(holder: ControlHolder, { who }: Caller): Promise<Result<null>> {
    this.#station.setControl(holder)
    return this.#audit(`station.setControl ${holder}`, who, holder)
  }

  async challengeNext({ who }: Caller): Promise<Result<null>> {
    const asked = this.#station.challengeNext()
    return asked.ok ? this.#audit('station.challengeNext', who) : asked
  }

  /** Its part has a record of its own, which is the audit. */
  trigger(): Result<null> { return this.#station.trigger() }
}
