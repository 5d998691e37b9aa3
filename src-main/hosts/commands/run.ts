import type { Command } from 'commander'
import { jsonLog } from '../../adapters/log/jsonLog.ts'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { defaultDataDir } from '../hostFlags.ts'
import { runHeadless } from '../headlessStation.ts'
import { openDevices } from '../openDevices.ts'
import { addInferenceOptions, type InferenceOptions } from '../inferenceSettings.ts'
import { openLanes } from '../openLanes.ts'
import { readPinnedFiles } from '../pinnedFiles.ts'
import { readRecipeFile } from '../recipeFile.ts'
import { inspectionLine } from './inspectionLine.ts'
import { orEnd, say, untilInterrupted } from './output.ts'
import { sayFault } from '../sentences.ts'

interface RunOptions extends InferenceOptions {
  readonly recipe: string
  readonly camera: string
  readonly plc: string
  readonly data: string
  readonly untilEmpty?: boolean
  readonly allowSimulated?: boolean
}

/** `stationmaster run`: the station without a screen; a JSON line on stdout for every part, faulted frames included. */
export function addRun(program: Command): void {
  addInferenceOptions(program.command('run'))
    .description('run a recipe without a screen; prints a JSON line for every part')
    .requiredOption('--recipe <file>', 'recipe file, as `stationmaster enrol` writes it')
    .requiredOption('--camera <source>', 'folder:DIR or simulated:WORLD')
    .option('--plc <target>', 'simulated or tcp://HOST:PORT[/UNIT]', 'simulated')
    .option('--data <dir>', 'where the evidence is kept', defaultDataDir())
    .option('--allow-simulated', 'a trial: let a simulated camera move the outputs of a real PLC')
    .option('--until-empty', 'end when the camera has nothing more')
    .action((options: RunOptions) => untilInterrupted((signal) => run(options, signal)))
}

async function run({ recipe: file, camera, plc, data, untilEmpty, allowSimulated = false, ...inference }: RunOptions, signal: AbortSignal): Promise<void> {
  const { recipe, models } = orEnd(await readRecipeFile(file))
  const pinned = orEnd(await readPinnedFiles(file, recipe))
  const log = jsonLog(process.stderr, systemClock())
  const lanes = orEnd(await openLanes(data, log, inference))
  try {
    const devices = openDevices({ clock: lanes.clock, pace: 'onDemand', firstSeed: 1, isKnown: async (keys) => orEnd(await lanes.evidence.known(keys)) })
    let waitingFor = ''
    let stopReason = ''
    orEnd(await runHeadless({
      lanes, recipe, models, pinned, plcTarget: plc, jobId: 'command line', allowsSimulatedCamera: allowSimulated,
      devices: { ...devices, openCamera: () => devices.openCamera(camera) },
      whenEmpty: untilEmpty ? 'end' : 'wait',
      onClosed: (inspection) => { process.stdout.write(`${JSON.stringify(inspectionLine(inspection))}\n`) },
      onState: ({ state, tally }) => {
        const because = 'because' in state && state.because[0] ? sayFault(state.because[0]) : ''
        if (because && because !== waitingFor) say(`waiting: ${because}`)
        waitingFor = because
        const reason = tally.stopRequest?.reason ?? ''
        if (reason && reason !== stopReason) say(`the line is asked to stop: ${reason}, part ${tally.stopRequest?.partId ?? 'unknown'}`)
        stopReason = reason
      },
    }, signal))
  } finally {
    await lanes.close()
  }
}
