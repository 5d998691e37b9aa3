import { expect, test } from 'vitest'
import { openCalls } from '../../src-main/hosts/openCalls.ts'
import { viewCommissioning } from '../../src-main/service/commissioningView.ts'
import { emptyDraft } from '../../src-main/station/commissioning/draft.ts'
import { testApplication } from '../support/testApplication.ts'

const emptyView = viewCommissioning({ draft: emptyDraft, sources: [], plc: null, jobs: [] })
const watch = JSON.stringify({ i: '1', p: { u: '/commissioning/watch', b: {} } })
/** Every promise that can go on has gone on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A stream that could go on for ever, and a connection whose reader takes one message at a time. */
function openSlowReader() {
  let given = 0
  let isEnded = false
  const application = testApplication({
    'commissioning.watch': async function* () {
      try {
        for (;;) yield { ...emptyView, revision: ++given }
      } finally {
        isEnded = true
      }
    },
  })
  const unread: (() => void)[] = []
  const connection = openCalls(application)(() => new Promise((resolve) => { unread.push(resolve) }))
  return { application, connection, readOne: async () => { unread.shift()?.(); await settle() }, given: () => given, isEnded: () => isEnded }
}

test('a stream waits for its reader instead of filling a queue', async () => {
  const { connection, readOne, given } = openSlowReader()
  connection.receive(watch)
  await settle()
  for (let read = 0; read < 5; read++) {
    const before = given()
    await settle()
    expect(given()).toBe(before)
    await readOne()
    expect(given()).toBeLessThanOrEqual(before + 1)
  }
  expect(given()).toBeGreaterThan(2)
  connection.end()
})

test('a connection that ends ends its streams and its session', async () => {
  const { application, connection, readOne, isEnded } = openSlowReader()
  connection.receive(watch)
  await settle()
  await readOne()
  connection.end()
  for (let read = 0; read < 3; read++) await readOne()
  expect(isEnded()).toBe(true)
  expect(application.sessions.map(({ ended }) => ended)).toEqual([true])
  expect(application.bugs).toEqual([])
})

test.each(['garbage', '{}', '{"i":"1"}', '{"i":"1","p":{}}', '{"i":"1","p":{"u":"no such thing"}}', 'null', new Uint8Array([1, 2, 3]), new Uint8Array()])('%j is dropped without a word', async (message) => {
  const application = testApplication({})
  const rejections: unknown[] = []
  const note = (error: unknown): void => { rejections.push(error) }
  process.on('unhandledRejection', note)
  openCalls(application)(() => undefined).receive(message)
  await settle()
  await settle()
  process.off('unhandledRejection', note)
  expect(rejections).toEqual([])
  expect(application.bugs).toEqual([])
})
