import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { createRouterClient, ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import type { Access } from '../../src-preload/contract/contract.ts'
import { contract } from '../../src-preload/contract/contract.ts'
import { faultCodes, type Fault } from '../../src-main/domain/fault.ts'
import { roles, type Role } from '../../src-main/domain/role.ts'
import { stationModes, type StationMode } from '../../src-main/domain/station.ts'
import { guardRouter } from '../../src-main/service/dispatch.ts'
import { testApplication } from '../support/testApplication.ts'

interface Procedure { readonly name: string; readonly access: Partial<Access>; readonly hasInput: boolean; readonly hasOutput: boolean; readonly isStream: boolean }

const procedures = listProcedures(contract, [])
const faultCode = expect.stringMatching(new RegExp(`^(${faultCodes.join('|')})$`)) as unknown

test.each(procedures)('$name says who may call it, when, and what it answers', ({ access, hasOutput }) => {
  expect(roles).toContain(access.role)
  expect(access.modes === 'any' || access.modes!.every((allowed) => stationModes.includes(allowed))).toBe(true)
  expect(hasOutput).toBe(true)
})

test.each(procedures.filter(({ access }) => access.role !== 'operator'))('$name refuses a role below its own', async ({ name, access }) => {
  for (const role of roles.slice(0, roles.indexOf(access.role!))) {
    expect(await ask(name, { role, mode: aModeOf(access) })).toMatchObject({ code: 'request/notAllowed' })
  }
})

test.each(procedures.filter(({ access }) => access.modes !== 'any'))('$name refuses every mode it means nothing in', async ({ name, access }) => {
  for (const mode of stationModes.filter((other) => !access.modes!.includes(other))) {
    expect(await ask(name, { role: 'engineer', mode })).toMatchObject({ code: 'request/wrongMode' })
  }
})

test.each(procedures)('$name refuses garbage and names what is wrong with it', async ({ name, access, hasInput }) => {
  for (const garbage of [42, 'garbage', [], null]) {
    const detail = expect.stringMatching(hasInput ? /^input: .+/ : /takes no input/) as unknown
    expect(await ask(name, { role: 'engineer', mode: aModeOf(access) }, garbage)).toMatchObject({ code: 'request/invalid', detail })
  }
})

test.each(procedures.filter(({ hasInput }) => !hasInput))('$name answers a bug in its handler with a fault and reports it', async ({ name, access }) => {
  const application = testApplication({ [name]: () => { throw new Error('a bug') } }, { role: 'engineer', mode: aModeOf(access) })
  expect(await refusalOf(clientOf(application), name, undefined)).toEqual({ code: 'station/bug', detail: 'a bug' })
  expect(application.bugs).toHaveLength(1)
})

test('a wrong field is named by its path', async () => {
  const answer = await ask('commissioning.captureBaseline', { role: 'engineer', mode: 'commissioning' }, { count: 0.5 })
  expect(answer).toMatchObject({ code: 'request/invalid', detail: expect.stringMatching(/^count: .+/) as unknown })
})

test('an answer that its own schema refuses is a bug, not an answer', async () => {
  const application = testApplication({ 'session.view': () => ({ ok: true, value: { role: 'emperor' } }) })
  expect(await refusalOf(clientOf(application), 'session.view', undefined)).toMatchObject({ code: 'station/bug' })
  expect(application.bugs).toHaveLength(1)
})

test('a stream that breaks half-way ends with the typed refusal and reports the bug', async () => {
  const application = testApplication({ 'station.watch': brokenStream })
  const stream = (await call(clientOf(application), 'station.watch', undefined)) as AsyncIterable<unknown>
  const refusal = await (async () => { for await (const _ of stream) void _ })().catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ORPCError)
  expect(refusal).toMatchObject({ code: 'REFUSED', defined: true, data: { code: 'station/bug', detail: 'broken half-way' } })
  expect(application.bugs).toHaveLength(1)
})

test('a caller that goes away is no bug', async () => {
  const caller = new AbortController()
  const application = testApplication({
    'live.nextFrame': ({ signal }) => { caller.abort(); throw signal!.reason },
  })
  const answer = await call(clientOf(application), 'live.nextFrame', { after: 0 }, { signal: caller.signal })
  expect(answer).toMatchObject({ ok: false, fault: { code: 'station/interrupted' } })
  expect(application.bugs).toEqual([])
})

test('signing in changes what the same connection may do', async () => {
  const application = testApplication({
    'session.signIn': ({ context }) => { context.session.role = 'technician'; return { ok: true, value: { role: 'technician', person: null, people: [] } } },
    'world.inject': () => ({ ok: true, value: null }),
  })
  const client = clientOf(application)
  expect(await refusalOf(client, 'world.inject', { what: 'scratch' })).toMatchObject({ code: 'request/notAllowed' })
  await call(client, 'session.signIn', { person: 'mara', pin: '1234' })
  expect(await call(client, 'world.inject', { what: 'scratch' })).toEqual({ ok: true, value: null })
})

/** A stream that breaks before it gives anything. */
async function* brokenStream(): AsyncGenerator<never> {
  throw new Error('broken half-way')
}

function listProcedures(node: object, path: readonly string[]): Procedure[] {
  if (!('~orpc' in node)) return Object.entries(node).flatMap(([key, child]) => listProcedures(child as object, [...path, key]))
  const { meta, inputSchema, outputSchema } = node['~orpc'] as { meta: Partial<Access>; inputSchema?: unknown; outputSchema?: never }
  return [{ name: path.join('.'), access: meta, hasInput: inputSchema !== undefined, hasOutput: outputSchema !== undefined, isStream: getEventIteratorSchemaDetails(outputSchema) !== undefined }]
}

function clientOf(application: ReturnType<typeof testApplication>): unknown {
  const session = application.newSession()
  return createRouterClient(guardRouter(application.router), { context: { session, application } })
}

type AnyProcedure = (input: unknown, options?: { signal: AbortSignal }) => Promise<unknown>

function call(client: unknown, name: string, input: unknown, options?: { signal: AbortSignal }): Promise<unknown> {
  const procedure = name.split('.').reduce((node, key) => (node as Record<string, unknown>)[key], client) as AnyProcedure
  return procedure(input, options)
}

const ask = (name: string, situation: { role: Role; mode: StationMode }, input?: unknown): Promise<Fault> =>
  refusalOf(clientOf(testApplication({}, situation)), name, input)

const aModeOf = (access: Partial<Access>): StationMode => (access.modes === 'any' ? 'running' : access.modes![0]!)

/** The fault in an answer or, for a stream, in the typed error; it is an assertion that there is one. */
async function refusalOf(client: unknown, name: string, input: unknown): Promise<Fault> {
  if (procedures.find((procedure) => procedure.name === name)!.isStream) {
    const refusal = await call(client, name, input).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'REFUSED', defined: true, data: { code: faultCode } })
    return (refusal as ORPCError<string, Fault>).data
  }
  const answer = await call(client, name, input)
  expect(answer).toMatchObject({ ok: false, fault: { code: faultCode } })
  return (answer as { fault: Fault }).fault
}
