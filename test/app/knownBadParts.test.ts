import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { RegionId } from '../../src-main/domain/ids.ts'
import { composeStation, type ComposedStation } from '../../src-main/hosts/compose.ts'
import { viewCommissioning } from '../../src-main/service/commissioningView.ts'
import { valueOf } from '../support/evidence.ts'

// Real helpers: a drawn world, learning and inference in processes of their own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let directory: string
let station: ComposedStation
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'knownBad-'))
  station = await composeStation({ dataDir: directory, log: silent, pace: 'onDemand', firstSeed: 3, onClosed: () => undefined })
})
afterAll(async () => {
  await station.close()
  rmSync(directory, { recursive: true, force: true })
})

const viewOf = () => viewCommissioning({ draft: station.commissioning.draft, sources: [], plc: null, jobs: [] })

it('known-bad parts of the simulated world are scored as soon as there is a model, the plainest well above the good ones, and again after learning anew', async () => {
  const { commissioning } = station
  valueOf(await commissioning.enter('Known bad'))
  valueOf(await commissioning.chooseCamera('simulated:plate'))
  const { widthPx, heightPx } = commissioning.draft.camera!.frameSize
  valueOf(await commissioning.setRegions([{ id: 'face' as RegionId, name: 'Face', shape: { kind: 'rectangle', x: widthPx * 0.1, y: heightPx * 0.1, width: widthPx * 0.8, height: heightPx * 0.8 }, masks: [] }]))
  valueOf(await commissioning.captureKnownBad(4, ''))
  expect(commissioning.draft.knownBad.every(({ kind }) => kind !== '')).toBe(true)
  valueOf(await commissioning.captureBaseline(24))
  expect(viewOf()).toMatchObject({ knownBad: { unscored: 0, parts: [{}, {}, {}, {}] }, learnt: null })

  valueOf(await commissioning.learn())
  const first = viewOf().learnt![0]!
  expect(first.knownBad).toHaveLength(4)
  const best = Math.max(...first.knownBad.map(({ score }) => score))
  expect(best).toBeGreaterThan(first.proposed.q95)
  console.info(`known-bad ${first.knownBad.map(({ score }) => score.toFixed(2)).join(', ')}; q95 of good ${first.proposed.q95.toFixed(2)}`)

  valueOf(await commissioning.captureKnownBad(2, 'from the shelf'))
  expect(viewOf().learnt![0]!.knownBad).toHaveLength(6)
  expect(commissioning.draft.knownBad.at(-1)!.kind).toBe('from the shelf')

  valueOf(await commissioning.removeBaseline([commissioning.draft.baseline[0]!.id]))
  expect(viewOf().knownBad.unscored).toBe(0)
  valueOf(await commissioning.learn())
  const second = viewOf().learnt![0]!
  expect(second.model.sha256).not.toBe(first.model.sha256)
  expect(second.knownBad).toHaveLength(6)
  expect(second.knownBad[0]!.score).not.toBe(first.knownBad[0]!.score)
})
