import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { jsonLog } from '../../src-main/adapters/log/jsonLog.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { Recipe } from '../../src-main/domain/recipe.ts'
import { quietSink } from '../../src-main/hosts/commands/quietSink.ts'
import { composeStation, type ComposedStation } from '../../src-main/hosts/compose.ts'
import { commissionDemo } from '../../src-main/hosts/demoStation.ts'
import type { ParityRecord } from '../../src-main/station/parityProof.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let dataDir: string
beforeAll(async () => { dataDir = await mkdtemp(join(tmpdir(), 'stationmaster-wizard-')) })
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const open = (seed: number): Promise<ComposedStation> =>
  composeStation({ dataDir, log: jsonLog(quietSink, systemClock()), pace: 'onDemand', firstSeed: seed, onClosed: () => undefined })

const parityOf = async ({ evidence }: ComposedStation): Promise<ParityRecord | undefined> => {
  const found = await evidence.loadDocument('parity')
  return found.ok ? (found.value as ParityRecord) : undefined
}

const untilState = ({ control }: ComposedStation, ...names: readonly string[]): Promise<unknown> =>
  vi.waitUntil(() => names.includes(control.station.state.name), { timeout: 120_000, interval: 20 })

it('a station commissioned in the wizard is sealed, proves itself at each start, and judges nothing when a pinned picture is gone', async () => {
  const first = await open(1)
  let recipe: Recipe | undefined
  try {
    expect(await commissionDemo(first, { world: 'plate', goodParts: 24 }, () => undefined)).toMatchObject({ ok: true })
    await untilState(first, 'ready', 'acquiring', 'inspecting', 'committing', 'resultValid')
    recipe = first.control.station.active?.recipe
    expect(await parityOf(first)).toMatchObject({ isHeld: true, frames: 5, changes: [], madeWith: { provider: 'cpu' } })
    await first.control.stop()
  } finally {
    await first.close()
  }
  expect(recipe?.seal?.frames).toHaveLength(5)

  const { image } = recipe!.seal!.frames[0]!
  const file = join(dataDir, 'baseline', `${image}.pnm`)
  await rename(file, `${file}.away`)
  const second = await open(2)
  try {
    expect(await second.control.resume()).toMatchObject({ ok: true })
    const judgedBefore = await second.evidence.totals()
    await second.control.run()
    await untilState(second, 'fault')
    const { state } = second.control.station
    expect(state).toMatchObject({ name: 'fault', fault: { code: 'model/parityBroken', detail: expect.stringContaining(image.slice(0, 8)) as string } })
    expect(await parityOf(second)).toMatchObject({ isHeld: false })
    expect(await second.evidence.totals()).toMatchObject({ ok: true, value: { inspections: judgedBefore.ok && judgedBefore.value.inspections } })

    await rename(`${file}.away`, file)
    await second.control.line.clearFault({ role: 'engineer', who: 'test' })
    await untilState(second, 'ready', 'acquiring', 'inspecting', 'committing', 'resultValid')
    expect(await parityOf(second)).toMatchObject({ isHeld: true })
  } finally {
    await second.close()
  }
})
