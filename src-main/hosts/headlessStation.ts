import { randomUUID } from 'node:crypto'
import { clearingRole } from '../station/faultPolicy.ts'
import type { Devices } from '../station/prepareLine.ts'
import { Station } from '../station/station.ts'
import { fault, type Fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import type { Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { keepRecipe } from '../records/recipeRegistry.ts'
import { describeSoftware } from './describeSoftware.ts'
import type { Lanes } from './openLanes.ts'
import type { PinnedBytes } from './recipeFile.ts'

export interface HeadlessRun {
  readonly lanes: Lanes
  readonly recipe: Recipe
  readonly models: ReadonlyMap<Sha256, Uint8Array>
  readonly pinned: PinnedBytes
  readonly devices: Devices
  readonly plcTarget: string
  readonly whenEmpty: 'wait' | 'end'
  readonly jobId: string
  /** Pictures that nobody took may move a real output: somebody asked for this very run. */
  readonly allowsSimulatedCamera?: boolean
  /** After the output was driven and the receipt stored. */
  readonly onClosed: (inspection: ClosedInspection) => void
  /** State, readiness or the stop request has changed: for progress on stderr. */
  readonly onState?: (station: Station) => void
}

/**
 * The same station without a screen: keeps recipe, models and pinned frames, runs until the camera is empty or the signal is aborted, and resolves
 * when the last output is driven and its receipt stored. A latched Fault ends the run, because nobody is there to clear it;
 * where the recipe is driven by the PLC's handshake the PLC has control, and may clear what an operator may.
 */
export async function runHeadless(run: HeadlessRun, signal: AbortSignal): Promise<Result<null>> {
  const { lanes, recipe, devices, plcTarget, whenEmpty } = run
  for (const bytes of run.models.values()) {
    const kept = await lanes.evidence.keep('model', bytes)
    if (!kept.ok) return kept
  }
  for (const bytes of run.pinned.values()) {
    const kept = await lanes.evidence.keep('baseline', bytes)
    if (!kept.ok) return kept
  }
  const hash = await keepRecipe(lanes.evidence, recipe)
  if (!hash.ok) return hash

  const ended = Promise.withResolvers<Fault | null>()
  const station = new Station(
    { ...lanes, ...devices, origin: { jobId: run.jobId, bootId: randomUUID(), software: describeSoftware(lanes.inference.bindingPath) }, whenEmpty, ...(run.allowsSimulatedCamera && { allowsSimulatedCamera: true }), control: recipe.line?.trigger.kind === 'plc' ? 'plc' : 'human' },
    {
      onChange: () => {
        run.onState?.(station)
        if (station.state.name === 'fault' && !mayClear(station, station.state.fault)) ended.resolve(station.state.fault)
      },
      onRecorded: () => undefined,
      onClosed: run.onClosed,
      onEmpty: () => { ended.resolve(null) },
    },
  )
  if (signal.aborted) return fail(fault('station/interrupted', 'stopped before it began'))
  signal.addEventListener('abort', () => { ended.resolve(null) }, { once: true })
  station.activate({ recipe, hash: hash.value, plcTarget })
  station.run()
  const trouble = await ended.promise
  await station.stop()
  return trouble ? fail(trouble) : succeed(null)
}

const mayClear = ({ control }: Station, { code }: Fault): boolean => control.holder === 'plc' && clearingRole(code) === 'operator'
