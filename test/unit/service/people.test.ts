import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AuditEntry, EvidencePort } from '../../../src-main/ports/evidence.ts'
import { People, peopleFromPin, type PeopleDocument } from '../../../src-main/service/people.ts'
import { sealPin } from '../../../src-main/service/sealedPin.ts'
import type { ClockPort } from '../../../src-main/ports/clock.ts'
import { fakeClock } from '../../support/fakeClock.ts'

let clock: ClockPort
let sleeping: { readonly ms: number; readonly wake: () => void }[]
let saved: PeopleDocument
let audited: AuditEntry[]

const evidence = {
  saveDocument: async (_: string, value: unknown) => { saved = value as PeopleDocument; return { ok: true, value: undefined } },
  audit: async (entry: AuditEntry) => { audited.push(entry); return { ok: true, value: undefined } },
} as unknown as EvidencePort

const open = (people: PeopleDocument = []): People => new People(evidence, clock, people)
const idOf = (people: People, name: string): string => people.all.find((one) => one.name === name)!.id

beforeEach(() => {
  sleeping = []
  clock = { ...fakeClock(), sleep: (ms) => new Promise((wake) => { sleeping.push({ ms, wake }) }) }
  saved = []
  audited = []
})

describe('who may do what', () => {
  it('lets everybody do everything while nobody is named, and only operate from then on', async () => {
    const people = open()
    expect(people.startingRole).toBe('engineer')
    await people.add({ name: 'Mara', role: 'engineer', pin: '2468' }, 'nobody signed in')
    expect(people.startingRole).toBe('operator')
    expect(saved.map(({ name }) => name)).toEqual(['Mara'])
    expect(audited).toEqual([{ who: 'nobody signed in', what: 'people.add', after: { name: 'Mara', role: 'engineer' } }])
  })

  it('wants the first person to be an engineer, or nobody could name the next', async () => {
    expect(await open().add({ name: 'Jon', role: 'technician', pin: '1111' }, 'x')).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
  })

  it('does not let the last engineer go while others stay', async () => {
    const people = open()
    await people.add({ name: 'Mara', role: 'engineer', pin: '2468' }, 'x')
    await people.add({ name: 'Jon', role: 'operator', pin: '1111' }, 'Mara')
    expect(await people.remove(idOf(people, 'Mara'), 'Mara')).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
    await people.remove(idOf(people, 'Jon'), 'Mara')
    expect(await people.remove(idOf(people, 'Mara'), 'Mara')).toEqual({ ok: true, value: null })
    expect(people.startingRole).toBe('engineer')
  })

  it('refuses a second person of the same name: an audit entry must mean one', async () => {
    const people = open()
    await people.add({ name: 'Mara', role: 'engineer', pin: '2468' }, 'x')
    expect(await people.add({ name: 'Mara', role: 'operator', pin: '1111' }, 'x')).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
  })
})

describe('signing in', () => {
  it('takes the right PIN at once, of the right person only', async () => {
    const people = open()
    await people.add({ name: 'Mara', role: 'engineer', pin: '2468' }, 'x')
    await people.add({ name: 'Jon', role: 'operator', pin: '1111' }, 'x')
    expect(await people.identify(idOf(people, 'Mara'), '2468')).toMatchObject({ ok: true, value: { name: 'Mara', role: 'engineer' } })
    const wrong = people.identify(idOf(people, 'Jon'), '2468')
    await vi.waitUntil(() => sleeping.length === 1)
    sleeping[0]!.wake()
    expect(await wrong).toMatchObject({ ok: false, fault: { code: 'request/notAllowed' } })
  })

  it('answers a wrong PIN after two seconds, one at a time, and audits it', async () => {
    const people = open(peopleFromPin(await sealPin('2468')))
    const answers = [people.identify('engineer', '0000'), people.identify('engineer', '1111')]
    for (const nth of [0, 1]) {
      await vi.waitUntil(() => sleeping.length > nth)
      expect(sleeping.map(({ ms }) => ms)).toEqual(new Array(nth + 1).fill(2_000))
      sleeping[nth]!.wake()
      expect(await answers[nth]).toMatchObject({ ok: false })
    }
    expect(audited.map(({ who, what }) => [who, what])).toEqual([['Engineer', 'session.signIn refused'], ['Engineer', 'session.signIn refused']])
  })

  it('takes a changed PIN, and the old one no more', async () => {
    const people = open(peopleFromPin(await sealPin('2468')))
    await people.changePin('engineer', '13579')
    expect(await people.identify('engineer', '13579')).toMatchObject({ ok: true })
    expect(JSON.stringify(saved)).not.toContain('13579')
  })
})
