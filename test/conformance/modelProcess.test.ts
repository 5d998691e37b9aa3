import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { forkLane } from '../../src-main/adapters/lane/channels.ts'
import { onnxModel } from '../../src-main/adapters/model/onnxModel.ts'
import type { Health, HealthStatus } from '../../src-main/domain/health.ts'
import type { Result } from '../../src-main/domain/result.ts'
import type { ModelPort } from '../../src-main/ports/model.ts'
import { ownChildren, residentMb } from '../support/childrenOf.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { cropWith, hashOf, smallModel } from '../support/smallModel.ts'

const entry = new URL('../../src-main/hosts/inferenceProcess.ts', import.meta.url)
const open: ModelPort[] = []
afterEach(async () => { await Promise.all(open.splice(0).map((model) => model.close())) })

const side = 8
const quick = smallModel({ side })
const slow = smallModel({ side, products: 60 })
const cropFor = (bytes: Uint8Array) => cropWith(hashOf(bytes), side, { x: 0, y: 0, rgb: [6, 6, 6] })
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)

function openModel(from: URL = entry) {
  const clock = fakeClock()
  const model = onnxModel({ entry: from, clock, threads: 1 })
  open.push(model)
  return { model, clock, next: healthChanges(model), pid: () => ownChildren().at(-1)! }
}

/** The next change to `status` that was not given before; those in between are passed over. */
function healthChanges(model: ModelPort): (status: HealthStatus) => Promise<Health> {
  const seen: Health[] = []
  let wake = (): void => undefined
  model.onHealth((health) => {
    seen.push(health)
    wake()
  })
  return async (status) => {
    for (;;) {
      const health = seen.shift()
      if (health?.status === status) return health
      if (!health) await new Promise<void>((resolve) => { wake = resolve })
    }
  }
}

describe('the inference process', () => {
  it('killed in the middle of a run costs that run only: it comes back with its models', async () => {
    const { model, clock, next, pid } = openModel()
    await model.load(hashOf(quick), quick)
    await model.load(hashOf(slow), slow)
    const victim = pid()
    const lost = model.run([cropFor(slow)], 60_000)
    process.kill(victim, 'SIGKILL')
    expect(codeOf(await lost)).toBe('model/unavailable')
    expect((await next('failure')).detail).toContain('SIGKILL')
    expect(codeOf(await model.run([cropFor(quick)], 60_000))).toBe('model/unavailable')
    await clock.advance(0)
    expect((await next('ok')).detail).toContain('2 loaded')
    expect(pid()).not.toBe(victim)
    expect(await model.run([cropFor(slow), cropFor(quick)], 60_000)).toMatchObject({ ok: true, value: [{ score: 6 }, { score: 6 }] })
  })

  it('that hangs is a timeout at the deadline, killed, and started again', async () => {
    const { model, clock, next, pid } = openModel()
    await model.load(hashOf(quick), quick)
    const hung = pid()
    process.kill(hung, 'SIGSTOP')
    const answer = model.run([cropFor(quick)], 50)
    await clock.advance(49)
    await clock.advance(1)
    expect(await answer).toMatchObject({ ok: false, fault: { code: 'model/timeout', limit: 50 } })
    await next('failure')
    await clock.advance(0)
    await next('ok')
    expect(ownChildren()).not.toContain(hung)
    expect(codeOf(await model.run([cropFor(quick)], 60_000))).toBe('ok')
  })

  it('that keeps ending is tried at once, after 100 ms, then ever more slowly', async () => {
    const { clock, next } = openModel(new URL('../support/endsAtOnce.mjs', import.meta.url))
    const waits: string[] = []
    for (let i = 0; i < 5; i++) {
      const { detail } = await next('failure')
      waits.push(detail)
      await clock.advance(2_000)
    }
    expect(waits.map((detail) => Number(/in (\d+) ms/.exec(detail)?.[1]))).toEqual([0, 100, 200, 400, 800])
    expect(waits[0]).toContain('code 3')
  })

  it('ends when the program that forked it is gone', async () => {
    const child = forkLane(entry)
    const ended = once(child, 'exit')
    child.disconnect()
    expect(await ended).toEqual([0, null])
  })

  it('does not grow with the number of runs', async () => {
    const large = smallModel({ side: 256, cell: 8 })
    const { model, pid } = openModel()
    await model.load(hashOf(large), large)
    const crop = cropWith(hashOf(large), 256, { x: 3, y: 3, rgb: [9, 9, 9] })
    const runs = async (count: number): Promise<number> => {
      for (let i = 0; i < count; i++) if (codeOf(await model.run([crop], 60_000)) !== 'ok') throw new Error('a run failed')
      return residentMb(pid())
    }
    const warm = await runs(500)
    const after = await runs(2_000)
    // 2,000 leaked crops would be 393 MB.
    expect(after - warm).toBeLessThan(30)
  })
})
