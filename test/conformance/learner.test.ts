import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { processLearner } from '../../src-main/adapters/learner/processLearner.ts'
import type { LearningProgress, RegionToLearn } from '../../src-main/ports/learner.ts'
import { ownChildren } from '../support/childrenOf.ts'
import { wholeRegion } from '../support/enrolledModel.ts'
import { texturedCrops } from '../support/texturedCrops.ts'

const learner = processLearner(new URL('../../src-main/hosts/learnerProcess.ts', import.meta.url))
const size = { widthPx: 64, heightPx: 64 }
const plate = (count: number, id = 'plate'): RegionToLearn => wholeRegion(texturedCrops(count, size), 64, 64, id)
const enrol = (regions: readonly RegionToLearn[], options: { onProgress?: (progress: LearningProgress) => void; signal?: AbortSignal } = {}) =>
  learner.enrol({ regions, seed: 3 }, options.onProgress ?? (() => undefined), options.signal ?? new AbortController().signal)

describe('the learner', () => {
  it('gives the same bytes for the same crops and seed, from two processes', async () => {
    const [first, second] = [await enrol([plate(20)]), await enrol([plate(20)])]
    if (!first.ok || !second.ok) throw new Error('enrolment failed')
    expect(second.value[0]!.model.sha256).toBe(first.value[0]!.model.sha256)
    expect(Buffer.compare(second.value[0]!.modelBytes, first.value[0]!.modelBytes)).toBe(0)
    expect(second.value[0]!.limits).toEqual(first.value[0]!.limits)
    expect(createHash('sha256').update(first.value[0]!.modelBytes).digest('hex')).toBe(first.value[0]!.model.sha256)
  })

  it('enrols several regions in their order, each with its own facts and evidence', async () => {
    const cap = wholeRegion(texturedCrops(24, { widthPx: 96, heightPx: 64 }, 50), 96, 64, 'cap')
    const enrolled = await enrol([plate(20), cap])
    if (!enrolled.ok) throw new Error(enrolled.fault.detail)
    expect(enrolled.value.map((region) => region.regionId)).toEqual(['plate', 'cap'])
    expect(enrolled.value[1]!.model).toMatchObject({ method: 'padim', inputWidthPx: 96, inputHeightPx: 64, mapWidth: 12, mapHeight: 8, baselineImages: 24, seed: 3 })
    expect(enrolled.value[1]!.model).not.toHaveProperty('setting')
    expect(enrolled.value[1]!.latencyMs).toBeGreaterThan(0)
    expect(enrolled.value[1]!.model.bytes).toBe(enrolled.value[1]!.modelBytes.length)
    expect(enrolled.value[1]!.holdOutScores).toHaveLength(24)
    expect(enrolled.value[1]!.limits.basis).toMatchObject({ rule: 'q90', goodImages: 24, expectedFalseRejects: { n: 24 } })
  })

  it('says what each setting would take for all regions of a part, before anything is learnt', { timeout: 60_000 }, async () => {
    const regions = [{ left: 0, top: 0, width: 100, height: 100 }, { left: 100, top: 0, width: 300, height: 100 }]
    const measured = await learner.measureSettings({ method: 'padim', regions }, new AbortController().signal)
    if (!measured.ok) throw new Error(measured.fault.detail)
    expect(measured.value.map(({ setting }) => setting)).toEqual(['fast', 'standard', 'detailed'])
    const [fast, , detailed] = measured.value
    expect(fast!.latencyMs).toBeLessThan(detailed!.latencyMs)
    expect(ownChildren()).toEqual([])
  })

  it('does not measure when it is cancelled already', async () => {
    expect(await learner.measureSettings({ method: 'padim', regions: [] }, AbortSignal.abort())).toMatchObject({ ok: false, fault: { code: 'learning/cancelled' } })
  })

  it('reports every stage, never backwards, with a time to go', async () => {
    const seen: LearningProgress[] = []
    await enrol([plate(20)], { onProgress: (progress) => { seen.push(progress) } })
    expect(new Set(seen.map((progress) => progress.stage))).toEqual(new Set(['features', 'whitening', 'gaussians', 'holdOut', 'sealing']))
    expect(seen.every((progress, i) => i === 0 || progress.done >= seen[i - 1]!.done)).toBe(true)
    expect(seen.at(-1)).toMatchObject({ done: 1, etaSeconds: 0 })
  })

  it('refuses fewer than 20 good images', async () => {
    expect(await enrol([plate(20), plate(19, 'second')])).toMatchObject({ ok: false, fault: { code: 'learning/tooFewImages', measured: 19, limit: 20 } })
  })

  it('refuses images without any detail', async () => {
    const flat = Array.from({ length: 20 }, () => new Uint8Array(64 * 64 * 3).fill(90))
    expect(await enrol([wholeRegion(flat, 64, 64)])).toMatchObject({ ok: false, fault: { code: 'learning/unusableImages' } })
  })

  it('refuses a region whose masks hide nearly everything', async () => {
    const hidden = { ...plate(20), masks: [{ kind: 'rectangle', x: 0, y: 0, width: 64, height: 55 }] } as const
    expect(await enrol([hidden])).toMatchObject({ ok: false, fault: { code: 'learning/unusableImages', measured: 8, limit: 16 } })
  })

  it.each(['features', 'gaussians', 'holdOut'] as const)('ends within a second when cancelled during %s, and leaves no process', async (stage) => {
    const cancel = new AbortController()
    let cancelledMs = 0
    const enrolled = await enrol([plate(60)], {
      signal: cancel.signal,
      onProgress: (progress) => {
        if (progress.stage !== stage || cancel.signal.aborted) return
        cancelledMs = performance.now()
        cancel.abort()
      },
    })
    expect(performance.now() - cancelledMs).toBeLessThan(1_000)
    expect(enrolled).toMatchObject({ ok: false, fault: { code: 'learning/cancelled' } })
    expect(ownChildren()).toEqual([])
  })

  it('does not begin when it is cancelled already', async () => {
    expect(await enrol([plate(20)], { signal: AbortSignal.abort() })).toMatchObject({ ok: false, fault: { code: 'learning/cancelled' } })
  })

  it('rejects when its process dies, rather than wait for ever', async () => {
    let isKilled = false
    const dying = enrol([plate(40)], {
      onProgress: () => {
        if (isKilled) return
        isKilled = true
        process.kill(ownChildren()[0]!, 'SIGKILL')
      },
    })
    await expect(dying).rejects.toThrow('the learning process ended (SIGKILL)')
  })
})
