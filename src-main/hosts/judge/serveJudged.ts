import { randomUUID } from 'node:crypto'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { sqliteEvidence } from '../../adapters/evidence/sqliteEvidence.ts'
import type { LaneContext } from '../../adapters/lane/lane.ts'
import { jsonLog } from '../../adapters/log/jsonLog.ts'
import { createSharpPixels } from '../../adapters/pixels/sharpPixels.ts'
import { lanePlc } from '../../adapters/plc/lanePlc.ts'
import { forkOutputs } from '../../adapters/plc/outputsLife.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { keepRecipe } from '../../records/recipeRegistry.ts'
import { Station } from '../../station/station.ts'
import { isBusy } from '../../station/stationMachine.ts'
import { helperEntry } from '../appPaths.ts'
import { quietSink } from '../commands/quietSink.ts'
import { describeSoftware } from '../describeSoftware.ts'
import { closedNote, type JudgedMethods, type JudgedNote, type JudgedStart } from './judgedMethods.ts'
import { judgedModel, judgedRecipe } from './judgedRecipe.ts'
import { pictureCamera } from './pictureCamera.ts'
import { pictureModel } from './pictureModel.ts'

/**
 * The station as it ships (state machine, inspection, gate, evidence, pixels thread, outputs process), with the twins of camera and model
 * that the judge's conveyor needs. `look` asks the judge what is before the camera.
 */
export function serveJudged(look: () => Promise<Uint8Array>): JudgedMethods {
  const clock = systemClock()
  const watchers = new Set<LaneContext>()
  const tell = (note: JudgedNote): void => { for (const watcher of watchers) watcher.notify(note) }
  let running: { readonly station: Station; readonly close: () => Promise<void> } | undefined

  async function start({ course, dataDir, plcTarget }: JudgedStart): Promise<Result<null>> {
    const evidence = sqliteEvidence({ directory: dataDir, thread: helperEntry('evidenceThread') })
    const pixels = createSharpPixels(helperEntry('pixelsThread'))
    const opened = await evidence.open()
    if (!opened.ok) return opened
    const model = await evidence.keep('model', judgedModel)
    if (!model.ok) return model
    const recipe = judgedRecipe(course)
    const hash = await keepRecipe(evidence, recipe)
    if (!hash.ok) return hash
    const station = new Station(
      {
        clock, evidence, pixels, log: jsonLog(quietSink, clock), model: pictureModel(), whenEmpty: 'wait', allowsSimulatedCamera: true,
        openPlc: (target) => Promise.resolve(succeed(lanePlc({ start: () => forkOutputs(helperEntry('outputsProcess'), target), isSimulated: true, clock }))),
        openCamera: () => Promise.resolve(succeed(pictureCamera(look, clock))),
        origin: { jobId: 'judge', bootId: randomUUID(), software: describeSoftware() },
      },
      { onChange: tellState, onRecorded: () => undefined, onClosed: (inspection) => { tell(closedNote(inspection)) }, onEmpty: () => undefined },
    )
    let told = ''
    function tellState(): void {
      const { state, tally } = station
      if (isBusy(state)) return
      const why = state.name === 'fault' ? `${state.fault.code}: ${state.fault.detail}` : 'because' in state ? (state.because[0]?.detail ?? '') : ''
      const stop = tally.stopRequest ? `stop requested: ${tally.stopRequest.reason}` : ''
      const note: JudgedNote = { kind: 'state', name: state.name, why, stop, isLinked: station.health().plc.status === 'ok' }
      if (told === (told = JSON.stringify(note))) return
      tell(note)
    }
    running = {
      station,
      async close() {
        await station.stop()
        await pixels.close()
        await evidence.shutDown()
      },
    }
    station.activate({ recipe, hash: hash.value, plcTarget })
    station.run()
    if (course.role === 'server') station.setControl('plc')
    return succeed(null)
  }

  return {
    watch(_, context) {
      watchers.add(context)
      return new Promise(() => undefined)
    },
    start,
    async clear() {
      running?.station.clearFault()
      running?.station.clearStopRequest()
      return null
    },
    async holdUp(ms) {
      for (const untilMs = clock.monotonicMs() + ms; clock.monotonicMs() < untilMs; );
      return null
    },
    async stop() {
      await running?.close()
      return null
    },
  }
}
