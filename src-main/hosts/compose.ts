import { randomInt, randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../adapters/clock/systemClock.ts'
import { processLearner } from '../adapters/learner/processLearner.ts'
import { processPatches } from '../adapters/learner/processPatches.ts'
import { jsonLog } from '../adapters/log/jsonLog.ts'
import { createSharpPixels } from '../adapters/pixels/sharpPixels.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import type { Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LogPort } from '../ports/log.ts'
import type { Application, ApplicationOptions, Session } from '../service/application.ts'
import { Commissioning } from '../service/commissioning.ts'
import { IoControl } from '../service/io/ioControl.ts'
import { Explanations } from '../service/explanations.ts'
import { ModelRoom } from '../service/models/modelRoom.ts'
import { Pictures } from '../service/pictures.ts'
import { createRouter, type Services } from '../service/router.ts'
import { Reports } from '../service/reports.ts'
import { threadReportPrinter } from '../adapters/report/threadReportPrinter.ts'
import { People, peopleFromPin, type PeopleDocument } from '../service/people.ts'
import type { SealedPin } from '../service/sealedPin.ts'
import { freshSettings, StationControl, type StationSettings } from '../service/stationControl.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { helperEntry } from './appPaths.ts'
import { describeSoftware } from './describeSoftware.ts'
import { cameraSources, openDevices } from './openDevices.ts'
import type { InferenceOptions } from './inferenceSettings.ts'
import { listPorts } from './listPorts.ts'
import { processImporter } from './importing/processImporter.ts'
import { requireBinding } from './onnxBinding.ts'
import { openLanes } from './openLanes.ts'
import { probeProviders } from './probeProviders.ts'

export interface StationOptions {
  readonly dataDir: string
  readonly log: LogPort
  /** Whether simulated parts come in their own time or as fast as they are asked for. */
  readonly pace: 'realtime' | 'onDemand'
  readonly firstSeed: number
  readonly onClosed: (inspection: ClosedInspection) => void
  /** In place of what the data folder says of inference. */
  readonly inference?: InferenceOptions
}

export interface ComposedStation extends Services {
  close(): Promise<void>
}

/** Rooms and adapters meet here, and nowhere else. Throws when the data cannot be opened: nothing may start without evidence. */
export async function composeStation({ dataDir, log, pace, firstSeed, onClosed, inference }: StationOptions): Promise<ComposedStation> {
  const lanes = orThrow(await openLanes(dataDir, log, inference))
  const { clock, evidence } = lanes
  const { bindingPath } = lanes.inference
  const software = describeSoftware(bindingPath)
  log.info('started', { ...software, ...lanes.inference, ...lanes.report })
  const screenPixels = createSharpPixels(helperEntry('pixelsThread'))
  const learner = processLearner(helperEntry('learnerProcess'), bindingPath)
  const importer = processImporter(helperEntry('importerProcess'), bindingPath)
  const patches = processPatches({ entry: helperEntry('patchesProcess'), clock, bindingPath })
  const io: IoControl = new IoControl({
    clock, evidence, mode: () => control.mode, active: () => control.station.active, draft: () => commissioning.draft, keepLineTest: (test) => commissioning.keepLineTest(test),
  })
  const devices = io.tap(openDevices({ clock, pace, firstSeed, isKnown: async (keys) => [...orThrow(await evidence.known(keys)), ...commissioning.baselineKeys()] }))
  const commissioning = new Commissioning({
    ...devices, clock, evidence, learner, patches, importer, model: lanes.model, pixels: screenPixels, sources: cameraSources, saved: await readDocument<CommissioningDraft>(evidence, 'commissioning'),
  })
  const pictures = new Pictures({ clock, evidence, pixels: screenPixels })
  const explanations = new Explanations({ evidence, patches, pixels: screenPixels }, pictures)
  const control = new StationControl({
    station: { ...lanes, ...devices, origin: { jobId: 'default', bootId: randomUUID(), software } },
    commissioning,
    settings: (await readDocument<StationSettings>(evidence, 'station')) ?? freshSettings,
    onRecorded: (inspection) => { pictures.showPart(inspection) },
    onClosed,
    version: software.version,
  })
  const models = new ModelRoom({
    evidence, model: lanes.model, active: () => control.station.active, draft: () => commissioning.draft,
    inUse: lanes.inference, onnxruntime: software.onnxruntime, probe: probeProviders, requireBinding,
  })
  const printer = threadReportPrinter(helperEntry('reportThread'))
  const reports = new Reports({ clock, evidence, printer, pictures, software })
  const people = new People(evidence, clock, await readPeople(evidence))
  return {
    clock, evidence, control, commissioning, pictures, explanations, people, reports, io, models, listPorts,
    async close() {
      await io.close()
      await control.close()
      await Promise.all([screenPixels.close(), patches.close(), printer.close()])
      await lanes.close()
    },
  }
}

/** The whole program without a way in: what a host needs to open one. Goes on where the last session was. */
export async function compose({ dataDir, isDemo }: ApplicationOptions): Promise<Application> {
  mkdirSync(dataDir, { recursive: true })
  const log = jsonLog(createWriteStream(join(dataDir, 'station.log'), { flags: 'a' }), systemClock())
  const station = await composeStation({ dataDir, log, pace: 'realtime', firstSeed: randomInt(2 ** 31), onClosed: () => undefined })
  const { control, commissioning, pictures, people } = station
  orThrow(await control.resume())
  if (isDemo && control.mode === 'empty') orThrow(await control.beginCommissioning('Demo', 'simulated:plate'))
  const closing = new AbortController()
  void pictures.follow(() => (control.mode === 'commissioning' ? commissioning.camera : null), closing.signal)

  let closed: Promise<void> | undefined
  return {
    router: createRouter(station),
    newSession: (): Session => ({ role: people.startingRole, person: null, end: () => undefined }),
    mode: () => control.mode,
    onBug: (error) => { control.reportBug(error) },
    close: () => {
      closing.abort()
      return (closed ??= station.close())
    },
  }
}

/** A program that cannot open its own data must not start; the host says why. */
function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.fault.detail} (${result.fault.code})`)
}

async function readDocument<T>(evidence: EvidencePort, name: string): Promise<T | undefined> {
  const found = await evidence.loadDocument(name)
  return !found.ok && found.fault.code === 'request/notFound' ? undefined : (orThrow(found) as T)
}

async function readPeople(evidence: EvidencePort): Promise<PeopleDocument> {
  const people = await readDocument<PeopleDocument>(evidence, 'people')
  if (people) return people
  const pin = await readDocument<SealedPin>(evidence, 'pin')
  return pin ? peopleFromPin(pin) : []
}
