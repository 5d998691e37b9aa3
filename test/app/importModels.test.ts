import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { RegionId } from '../../src-main/domain/ids.ts'
import type { ClosedInspection } from '../../src-main/domain/inspection.ts'
import { composeStation, type ComposedStation } from '../../src-main/hosts/compose.ts'
import { viewCommissioning } from '../../src-main/service/commissioningView.ts'
import { ownChildren } from '../support/childrenOf.ts'
import { anomalibModel } from '../support/anomalibModel.ts'
import { backboneModel } from '../support/backboneModel.ts'
import { detectorModel } from '../support/detectorModel.ts'
import { valueOf } from '../support/evidence.ts'

// Real helpers, each import in a process of its own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const regionId = 'face' as RegionId
const region = { id: regionId, name: 'Face', shape: { kind: 'rectangle', x: 96, y: 96, width: 448, height: 288 }, masks: [] } as const
let directory: string
let station: ComposedStation
const closed: ClosedInspection[] = []

const write = (name: string, bytes: Uint8Array | string): string => {
  const file = join(directory, name)
  writeFileSync(file, bytes)
  return file
}
/** Finds one thing in every picture. */
const detectorFile = (name: string, confidence = 0.9): string =>
  write(name, detectorModel(64, 64, [{ name: 'output0', shape: [1, 1, 6], data: [22, 16, 38, 24, confidence, 0] }], { metadata: { names: "{0: 'SCRATCH_SURFACE', 1: 'dust'}", imgsz: '[64, 64]' } }))
const stepOf = (id: string) => viewCommissioning({ draft: station.commissioning.draft, sources: [], plc: null, jobs: [] }).steps.find((step) => step.id === id)!

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'importModels-'))
  station = await composeStation({ dataDir: join(directory, 'data'), log: silent, pace: 'onDemand', firstSeed: 3, onClosed: (inspection) => { closed.push(inspection) } })
  const { commissioning, control } = station
  valueOf(await control.beginCommissioning('Imported', 'simulated:plate'))
  valueOf(await commissioning.setRegions([region]))
})
afterAll(async () => {
  await station.close()
  rmSync(directory, { recursive: true, force: true })
})

it('nothing is taken in before there are good parts to try it on', async () => {
  const path = write('early.onnx', backboneModel('channelsFirst'))
  expect(await station.commissioning.models.importFeatures('backbone', path)).toMatchObject({ ok: false, fault: { code: 'request/wrongMode' } })
  valueOf(await station.commissioning.captureBaseline(20))
})

it('what is no model, has no features or is gone is refused by name, and leaves draft and processes as they were', async () => {
  const { commissioning } = station
  const before = commissioning.draft
  const children = ownChildren()
  expect(await commissioning.models.importFeatures('backbone', write('notes.onnx', 'not a model'))).toMatchObject({ ok: false, fault: { code: 'model/invalid', detail: expect.stringContaining('notes.onnx') } })
  expect(await commissioning.models.importFeatures('backbone', join(directory, 'gone.onnx'))).toMatchObject({ ok: false, fault: { code: 'model/missing', detail: expect.stringContaining('gone.onnx') } })
  expect(await commissioning.models.importDetector({ regionId, path: write('backbone.onnx', backboneModel('channelsFirst')) })).toMatchObject({ ok: false, fault: { code: 'model/invalid', detail: expect.stringContaining('backbone.onnx') } })
  expect(commissioning.draft).toBe(before)
  expect(ownChildren()).toEqual(children)
})

it('a backbone is learnt from in place of the own features, and a file that has changed since is not', async () => {
  const { commissioning } = station
  const path = write('features.onnx', backboneModel('channelsFirst'))
  valueOf(await commissioning.models.importFeatures('backbone', path))
  valueOf(await commissioning.learn())
  const { model } = commissioning.draft.learnt!.regions[0]!
  expect(model).toMatchObject({ method: 'padim', features: expect.stringContaining(commissioning.draft.source!.sha256) })
  expect(stepOf('threshold').status).toBe('passed')
  write('features.onnx', backboneModel('channelsFirst', { gain: 2 }))
  expect(await commissioning.learn()).toMatchObject({ ok: false, fault: { code: 'model/hashMismatch', detail: expect.stringContaining('features.onnx') } })
  valueOf(await commissioning.models.dropFeatures())
  expect(stepOf('threshold').missing).toMatchObject([{ code: 'learnAgain' }])
})

it('a trained anomaly model is taken in whole', async () => {
  const { commissioning } = station
  valueOf(await commissioning.models.importFeatures('anomalib', write('anomalib.onnx', anomalibModel({ side: 64, score: 'pred_score', map: 'anomaly_map' }))))
  valueOf(await commissioning.learn())
  expect(commissioning.draft.learnt!.regions[0]!.model.method).toBe('imported')
  valueOf(await commissioning.models.dropFeatures())
})

it('a detector comes with its classes; limits are set per class, survive another file, and the region may not change under it', async () => {
  const { commissioning } = station
  valueOf(await commissioning.models.importDetector({ regionId, path: detectorFile('first.onnx') }))
  const classes = () => commissioning.draft.detectors![0]!.detector.classes
  expect(classes()).toMatchObject([{ name: 'SCRATCH_SURFACE', labels: [0], severity: 'major', minConfidence: 0.25, minAreaPx: 0 }, { name: 'dust', labels: [1] }])
  valueOf(await commissioning.models.setDetectorClasses(regionId, classes().map((one) => (one.name === 'dust' ? one : { ...one, name: 'surface scratch', aliases: ['SCRATCH_SURFACE'], severity: 'critical', minConfidence: 0.6, minAreaPx: 12 }))))
  expect(await commissioning.models.setDetectorClasses(regionId, classes().slice(1))).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
  valueOf(await commissioning.models.importDetector({ regionId, path: detectorFile('second.onnx', 0.8) }))
  expect(classes()[0]).toMatchObject({ name: 'surface scratch', aliases: ['SCRATCH_SURFACE'], severity: 'critical', minConfidence: 0.6, minAreaPx: 12 })
  valueOf(await commissioning.setRegions([{ ...region, shape: { ...region.shape, width: 400 } }]))
  expect(stepOf('threshold').missing).toContainEqual({ code: 'detectorAgain', params: { name: 'Face' } })
  valueOf(await commissioning.setRegions([region]))
  expect(stepOf('threshold').missing).not.toContainEqual({ code: 'detectorAgain', params: { name: 'Face' } })
})

it('the recipe holds the detector with its limits, and parts fail by its class', async () => {
  const { commissioning, control } = station
  valueOf(await commissioning.learn())
  valueOf(await commissioning.testOutput('reject'))
  valueOf(await commissioning.confirmOutput('reject', true))
  valueOf(await control.finishCommissioning())
  expect(control.station.active!.recipe.regions[0]!.detector!.classes[0]).toMatchObject({ name: 'surface scratch', severity: 'critical' })
  await vi.waitFor(() => { if (closed.every(({ readings }) => readings.length === 0)) throw new Error('no part yet') }, { timeout: 60_000, interval: 100 })
  const part = closed.find(({ readings }) => readings.length > 0)!
  expect(part.outcome).toBe('fail')
  expect(part.readings[0]!.detections).toMatchObject([{ defectClass: 'surface scratch', counts: true }])
})
