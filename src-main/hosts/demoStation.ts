import { fault } from '../domain/fault.ts'
import type { RegionId } from '../domain/ids.ts'
import { fail, type Result } from '../domain/result.ts'
import type { ComposedStation } from './compose.ts'

export interface DemoPlan {
  readonly world: string
  readonly goodParts: number
}

/**
 * Commissions a simulated world by the same commands that the wizard gives: camera, region, baseline, learning, output test. The
 * station is running when this resolves.
 */
export async function commissionDemo({ control, commissioning }: ComposedStation, { world, goodParts }: DemoPlan, onStage: (stage: string) => void): Promise<Result<null>> {
  const source = `simulated:${world}`
  const steps: readonly (readonly [stage: string, work: () => Promise<Result<null>>])[] = [
    ['choosing the camera', () => control.beginCommissioning(`Demo ${world}`, source)],
    ['drawing the region', () => drawRegion(commissioning)],
    [`capturing ${goodParts} good parts`, () => commissioning.captureBaseline(goodParts)],
    ['learning', () => commissioning.learn()],
    ['testing the reject output', () => commissioning.testOutput('reject')],
    ['confirming the output', () => commissioning.confirmOutput('reject', true)],
    ['starting', () => control.finishCommissioning()],
  ]
  for (const [stage, work] of steps) {
    onStage(stage)
    const done = await work()
    if (!done.ok) return done
  }
  return { ok: true, value: null }
}

/** The middle of the picture, where a part in its nest always is: the margin is the nest's. */
function drawRegion(commissioning: ComposedStation['commissioning']): Promise<Result<null>> {
  const size = commissioning.draft.camera?.frameSize
  if (!size) return Promise.resolve(fail(fault('camera/unavailable', 'the simulated camera shows no picture')))
  const side = Math.round(Math.min(size.widthPx, size.heightPx) * regionShare)
  const shape = { kind: 'rectangle', x: (size.widthPx - side) >> 1, y: (size.heightPx - side) >> 1, width: side, height: side } as const
  return commissioning.setRegions([{ id: 'part' as RegionId, name: 'Part', shape, masks: [] }])
}

const regionShare = 0.9
