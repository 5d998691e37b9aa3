import { fault } from '../domain/fault.ts'
import type { Person } from '../domain/person.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { Role } from '../domain/role.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { isPinRight, sealPin, type SealedPin } from './sealedPin.ts'

interface KnownPerson extends Person { readonly pin: SealedPin }

/** The document `people`. Before there was one, a station had at most one PIN, in the document `pin`. */
export type PeopleDocument = readonly KnownPerson[]

export interface NewPerson { readonly name: string; readonly role: Role; readonly pin: string }

const waitAfterWrongMs = 2_000

/**
 * Who may do what here. While nobody is named everybody may do everything, as on a station fresh from its box; from the first person on
 * everybody starts as operator. There is always an engineer, or nobody could name the next person.
 */
export class People {
  readonly #evidence: EvidencePort
  readonly #clock: ClockPort
  #people: PeopleDocument
  #attempts: Promise<unknown> = Promise.resolve()

  constructor(evidence: EvidencePort, clock: ClockPort, people: PeopleDocument) {
    this.#evidence = evidence
    this.#clock = clock
    this.#people = people
  }

  get all(): readonly Person[] { return this.#people.map(({ id, name, role }) => ({ id, name, role })) }
  get startingRole(): Role { return this.#people.length > 0 ? 'operator' : 'engineer' }

  /** One attempt at a time, and a wrong one costs two seconds: 10,000 PINs take over five hours. */
  identify(id: string, pin: string): Promise<Result<Person>> {
    const answer = this.#attempts.then(() => this.#check(id, pin))
    this.#attempts = answer.catch(() => undefined)
    return answer
  }

  async add({ name, role, pin }: NewPerson, by: string): Promise<Result<Person>> {
    if (this.#people.some((one) => one.name === name)) return fail(fault('request/invalid', `there is a person named ${name} already`))
    if (this.#people.length === 0 && role !== 'engineer') return fail(fault('request/invalid', 'the first person must be an engineer, who can name the others'))
    const person: Person = { id: this.#clock.newId(), name, role }
    const saved = await this.#save([...this.#people, { ...person, pin: await sealPin(pin) }], 'people.add', by, { name, role })
    return saved.ok ? succeed(person) : saved
  }

  async remove(id: string, by: string): Promise<Result<null>> {
    const person = this.#people.find((one) => one.id === id)
    if (!person) return fail(fault('request/notFound', `there is no person ${id}`))
    const rest = this.#people.filter((one) => one !== person)
    if (rest.length > 0 && !rest.some((one) => one.role === 'engineer')) return fail(fault('request/invalid', 'the last engineer can only go when nobody else is left'))
    return this.#save(rest, 'people.remove', by, { name: person.name, role: person.role })
  }

  async changePin(id: string, pin: string): Promise<Result<null>> {
    const person = this.#people.find((one) => one.id === id)
    if (!person) return fail(fault('request/notFound', `there is no person ${id}`))
    const sealed = await sealPin(pin)
    return this.#save(this.#people.map((one) => (one === person ? { ...one, pin: sealed } : one)), 'people.changePin', person.name, { name: person.name })
  }

  async #save(people: PeopleDocument, what: string, who: string, after: unknown): Promise<Result<null>> {
    const saved = await this.#evidence.saveDocument('people', people)
    if (!saved.ok) return saved
    this.#people = people
    const audited = await this.#evidence.audit({ who, what, after })
    return audited.ok ? succeed(null) : audited
  }

  async #check(id: string, pin: string): Promise<Result<Person>> {
    const found = this.#people.find((one) => one.id === id)
    if (found && (await isPinRight(found.pin, pin))) return succeed({ id, name: found.name, role: found.role })
    await this.#evidence.audit({ who: found?.name ?? 'unknown', what: 'session.signIn refused' })
    await this.#clock.sleep(waitAfterWrongMs)
    return fail(fault('request/notAllowed', 'the PIN is not right'))
  }
}

/** A station from before people had names: whoever knew its one PIN is its engineer. */
export const peopleFromPin = (pin: SealedPin): PeopleDocument => [{ id: 'engineer', name: 'Engineer', role: 'engineer', pin }]
