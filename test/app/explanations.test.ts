import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { InspectionId, RegionId, Sha256 } from '../../src-main/domain/ids.ts'
import type { ClosedInspection } from '../../src-main/domain/inspection.ts'
import type { ModelChoice } from '../../src-main/domain/recipe.ts'
import { composeStation, type ComposedStation } from '../../src-main/hosts/compose.ts'
import { valueOf } from '../support/evidence.ts'

// Real helpers: a drawn world, learning, inference and patches in processes of their own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 })

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const until = (isSo: () => boolean): Promise<void> => vi.waitFor(() => { if (!isSo()) throw new Error('not yet') }, { timeout: 60_000, interval: 100 })
const regionId = 'face' as RegionId

describe.each<ModelChoice>([{ method: 'padim', setting: 'standard' }, { method: 'patchcore', setting: 'fast' }])('explanations through the composed station ($method, $setting)', (choice) => {
  let directory: string
  let station: ComposedStation
  const closed: ClosedInspection[] = []

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'explanations-'))
    station = await composeStation({ dataDir: directory, log: silent, pace: 'onDemand', firstSeed: 3, onClosed: (inspection) => { closed.push(inspection) } })
    const { commissioning, control } = station
    valueOf(await control.beginCommissioning('Explained', 'simulated:plate'))
    const { widthPx, heightPx } = commissioning.draft.camera!.frameSize
    valueOf(await commissioning.setRegions([{ id: regionId, name: 'Face', shape: { kind: 'rectangle', x: widthPx * 0.1, y: heightPx * 0.1, width: widthPx * 0.8, height: heightPx * 0.8 }, masks: [] }]))
    valueOf(await commissioning.setCalibration({ mmPerPx: 0.5 }))
    valueOf(await commissioning.models.choose(choice))
    valueOf(await commissioning.captureBaseline(24))
    valueOf(await commissioning.learn())
    valueOf(await commissioning.testOutput('reject'))
    valueOf(await commissioning.confirmOutput('reject', true))
    valueOf(await control.finishCommissioning())
    await until(() => control.inject('missingFeature').ok)
    await until(() => closed.some(({ outcome, truth }) => outcome === 'fail' && truth?.isDefective === true))
  })
  afterAll(async () => {
    await station.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('a failed part shows its hottest patch and the three good parts most like it, while the line runs', async () => {
    const part = closed.find(({ outcome, truth }) => outcome === 'fail' && truth?.isDefective === true)!
    const begunMs = performance.now()
    const first = valueOf(await station.explanations.explain(part.resultId, regionId, undefined))
    const firstMs = performance.now() - begunMs
    const againMs = performance.now()
    const explained = valueOf(await station.explanations.explain(part.resultId, regionId, undefined))
    console.info(`${choice.method}: explained in ${firstMs.toFixed(0)} ms the first time, then in ${(performance.now() - againMs).toFixed(0)} ms, while the line runs; distances ${explained.nearest.map(({ distance }) => distance.toFixed(1)).join(', ')}`)

    expect(explained.nearest.map(({ id, distance }) => ({ id, distance }))).toEqual(first.nearest.map(({ id, distance }) => ({ id, distance })))
    expect(explained.whyNone).toBeNull()
    expect(explained.areaMm2).toBeCloseTo(explained.areaPx * 0.25, 6)
    expect(explained.areaPx).toBe(part.readings[0]!.areaPx)
    const { peak } = part.readings[0]!
    const { left, top, width, height } = explained.part.patch
    expect(left < peak.x && peak.x < left + width && top < peak.y && peak.y < top + height).toBe(true)
    expect(explained.part.jpeg.size).toBeGreaterThan(300)
    expect(explained.nearest).toHaveLength(3)
    expect(new Set(explained.nearest.map(({ id }) => id)).size).toBe(3)
    const baseline = station.commissioning.draft.baseline.map(({ id }) => id)
    for (const { id, number, distance, at } of explained.nearest) {
      expect(baseline.indexOf(id as Sha256)).toBeGreaterThanOrEqual(0)
      expect(number).toBeGreaterThan(0)
      expect(distance).toBeGreaterThan(0)
      if (choice.method === 'padim') expect([at.x, at.y]).toEqual([peak.x, peak.y])
    }
    expect([...explained.nearest].sort((a, b) => a.distance - b.distance)).toEqual(explained.nearest)
    const source = valueOf(await station.explanations.source(explained.model as Sha256, explained.nearest[0]!.id as Sha256, 400))
    expect(source.size).toBeGreaterThan(1_000)
  })

  it('a good part lies nearer to its normals than a defective one', async () => {
    await until(() => closed.some(({ truth, outcome, readings }) => truth?.isDefective === false && outcome === 'pass' && readings.length > 0))
    const nearest = async (isDefective: boolean) => {
      const part = closed.find(({ truth, readings, outcome }) => truth?.isDefective === isDefective && readings.length > 0 && (outcome === 'fail') === isDefective)!
      return valueOf(await station.explanations.explain(part.resultId, regionId, undefined)).nearest[0]!.distance
    }
    expect(await nearest(false)).toBeLessThan(await nearest(true))
  })

  it('the draft may be gone: what an explanation needs is kept with the model', async () => {
    valueOf(await station.commissioning.startOver())
    const part = closed.find(({ outcome }) => outcome === 'fail')!
    const { nearest, model } = valueOf(await station.explanations.explain(part.resultId, regionId, undefined))
    expect(nearest).toHaveLength(3)
    expect(await station.explanations.source(model as Sha256, '0'.repeat(64) as Sha256, 400)).toMatchObject({ ok: false, fault: { code: 'request/notFound' } })
  })

  it('no such part or region is request/notFound, and who has gone away is not answered', async () => {
    const { resultId } = closed[0]!
    expect(await station.explanations.explain('none' as InspectionId, regionId, undefined)).toMatchObject({ ok: false, fault: { code: 'request/notFound' } })
    expect(await station.explanations.explain(resultId, 'other' as RegionId, undefined)).toMatchObject({ ok: false, fault: { code: 'request/notFound' } })
    expect(await station.explanations.explain(resultId, regionId, AbortSignal.abort())).toMatchObject({ ok: false, fault: { code: 'station/interrupted' } })
  })
})
