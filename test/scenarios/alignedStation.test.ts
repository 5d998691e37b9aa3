import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { jsonLog } from '../../src-main/adapters/log/jsonLog.ts'
import type { RegionId } from '../../src-main/domain/ids.ts'
import type { ClosedInspection } from '../../src-main/domain/inspection.ts'
import type { Rectangle } from '../../src-main/domain/geometry.ts'
import type { Result } from '../../src-main/domain/result.ts'
import { quietSink } from '../../src-main/hosts/commands/quietSink.ts'
import { composeStation } from '../../src-main/hosts/compose.ts'

const wanted = 12
const plain: Rectangle = { kind: 'rectangle', x: 20, y: 150, width: 36, height: 60 }
const holes: Rectangle = { kind: 'rectangle', x: 350, y: 100, width: 220, height: 300 }

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.detail}`)
  return result.value
}

test('a station that was taught to find the part judges it where it lies, and says where that was', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'stationmaster-aligned-'))
  const closed: ClosedInspection[] = []
  let isEnough = (): void => undefined
  const enough = new Promise<void>((resolve) => { isEnough = resolve })
  const station = await composeStation({
    dataDir, log: jsonLog(quietSink, systemClock()), pace: 'onDemand', firstSeed: 1,
    onClosed: (inspection) => { if (closed.push(inspection) === wanted) isEnough() },
  })
  try {
    const { control, commissioning } = station
    must(await control.beginCommissioning('Aligned', 'simulated:plate'))
    must(await commissioning.setRegions([{ id: 'bore' as RegionId, name: 'Bore', shape: { kind: 'rectangle', x: 150, y: 140, width: 220, height: 220 }, masks: [] }]))
    expect(await commissioning.setAlignment({ rectangle: plain })).toMatchObject({ ok: false, fault: { code: expect.stringMatching(/^alignment\//) as string } })
    expect(commissioning.draft.alignment).toBeNull()

    must(await commissioning.captureBaseline(20))
    must(await commissioning.setAlignment({ rectangle: holes }))
    expect(commissioning.draft.alignment?.spread).toMatchObject({ frames: 20, found: 20 })
    expect(commissioning.draft.alignment!.spread!.lowestScore).toBeGreaterThan(0.9)
    must(await commissioning.learn())
    must(await commissioning.testOutput('reject'))
    must(await commissioning.confirmOutput('reject', true))
    must(await control.finishCommissioning())
    await enough

    const judged = closed.filter(({ readings }) => readings.length > 0)
    expect(judged.length).toBeGreaterThan(wanted / 2)
    const poses = judged.map(({ readings, truth }) => ({ found: readings[0]!.heatmap.pose!, truth: truth!.pose! }))
    // Against the frame it was taught from, which is posed itself: what is the same for all parts is its own pose.
    const turns = poses.map(({ found, truth }) => found.rotationDeg - truth.rotationDeg)
    expect(Math.max(...turns) - Math.min(...turns)).toBeLessThan(0.1)
    expect(Math.max(...poses.map(({ truth }) => truth.rotationDeg)) - Math.min(...poses.map(({ truth }) => truth.rotationDeg))).toBeGreaterThan(0.5)
    for (const { timingsMs } of judged) expect(timingsMs.align).toBeGreaterThan(0)
    expect(must(await station.evidence.inspection(judged[0]!.resultId)).readings[0]!.heatmap.pose).toEqual(judged[0]!.readings[0]!.heatmap.pose)
  } finally {
    await station.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}, 120_000)
