import { expect, test } from 'vitest'
import type { Sha256 } from '../../../src-main/domain/ids.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import { cardName } from '../../../src-main/domain/modelCard.ts'
import { fail, succeed } from '../../../src-main/domain/result.ts'
import { ModelRoom } from '../../../src-main/service/models/modelRoom.ts'
import { emptyDraft } from '../../../src-main/station/commissioning/draft.ts'

const model = 'a'.repeat(64) as Sha256
const hash = 'b'.repeat(64) as Sha256
const region = { id: 'face', name: 'Face', shape: {}, masks: [], model: { sha256: model }, limits: { failAbove: 2 } }

function room(options: { documents?: Record<string, unknown>; seal?: unknown } = {}) {
  const documents = new Map(Object.entries(options.documents ?? {}))
  const audits: unknown[] = []
  const evidence = {
    loadDocument: (name: string) => Promise.resolve(documents.has(name) ? succeed(documents.get(name)) : fail(fault('request/notFound', name))),
    saveDocument: (name: string, value: unknown) => { documents.set(name, value); return Promise.resolve(succeed(undefined)) },
    audit: (entry: unknown) => { audits.push(entry); return Promise.resolve(succeed(undefined)) },
  }
  const models = new ModelRoom({
    evidence, model: { providers: () => ['cpu'], health: () => ({ status: 'ok', detail: '1 loaded' }) },
    active: () => ({ recipe: { name: 'Plate', regions: [region], seal: options.seal }, hash }) as never,
    draft: () => emptyDraft, inUse: { providers: ['cpu'] }, onnxruntime: '1.30.0',
    probe: (bindingPath) => Promise.resolve([{ provider: 'cpu', warmUpMs: null, trouble: bindingPath ?? 'npm' }]),
    requireBinding: (path) => (path === '/there' ? succeed(undefined) : fail(fault('model/unavailable', path))),
  })
  return { models, documents, audits }
}

async function viewOf(options: Parameters<typeof room>[0]) {
  const view = await room(options).models.view()
  if (!view.ok) throw new Error(view.fault.detail)
  return view.value
}

test('a change of providers is kept and audited with who and what was before, and leaves what is in use alone', async () => {
  const { models, documents, audits } = room()
  expect(await models.setInference({ providers: ['cuda', 'cpu'], bindingPath: '/there' }, 'Ada')).toEqual(succeed(null))
  expect(documents.get('inference')).toEqual({ providers: ['cuda', 'cpu'], bindingPath: '/there' })
  expect(audits).toMatchObject([{ who: 'Ada', what: 'inference.set', before: { providers: ['cpu'] }, after: { providers: ['cuda', 'cpu'] } }])
  expect(await models.view()).toMatchObject({ value: { inference: { inUse: { providers: ['cpu'], bindingPath: null }, configured: { providers: ['cuda', 'cpu'], bindingPath: '/there' } } } })
  expect(await models.probe()).toMatchObject({ value: [{ trouble: '/there' }] })
})

test('a build of onnxruntime that is not there changes nothing', async () => {
  const { models, documents, audits } = room()
  expect(await models.setInference({ providers: ['cpu'], bindingPath: '/gone' }, 'Ada')).toMatchObject({ ok: false, fault: { code: 'model/unavailable' } })
  expect([documents.size, audits.length]).toEqual([0, 0])
})

test.each([
  ['none', undefined, {}],
  ['unproven', { frames: [{}, {}] }, { parity: { recipe: 'another' } }],
  ['held', { frames: [{}] }, { parity: { recipe: hash, isHeld: true, frames: 1, madeWith: { provider: 'cpu' }, wallTime: '', worst: '' } }],
  ['broken', { frames: [{}] }, { parity: { recipe: hash, isHeld: false, frames: 1, madeWith: { provider: 'cuda' }, wallTime: '', worst: 'Face' } }],
] as const)('the seal is %s', async (state, seal, documents) => {
  expect((await viewOf({ seal, documents })).active!.seal!.state).toBe(state)
})

test("a model's card tells how long it takes and that it remembers; one without a card says neither, and another model's card is none of its", async () => {
  const card = { model, baseline: [], latencyMs: 12, patches: { rows: [] } }
  expect((await viewOf({ documents: { [cardName(model)]: card } })).active!.models[0]).toMatchObject({ latencyMs: 12, remembers: true })
  expect((await viewOf({})).active!.models[0]).toMatchObject({ latencyMs: null, remembers: false })
  expect((await viewOf({ documents: { [cardName(model)]: { ...card, model: hash } } })).active!.models[0]).toMatchObject({ latencyMs: null })
})
