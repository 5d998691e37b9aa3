import { createRouterClient, implement } from '@orpc/server'
import { contract } from '../../../src-preload/contract/contract.ts'
import type { IoView, StationClient, StationView } from '../../../src-renderer/client/stationClient.ts'
import { drawPart } from './drawPart.ts'
import { scriptedModels, scriptedProbes } from './scriptedModels.ts'
import { explanationOf, inspectionOf, isDetected, partOf, scratchAt, turned, type Kind } from './scriptedParts.ts'
import type { Scene } from './scenes.ts'
import { scriptedIo } from './scriptedIo.ts'

export interface ScriptedStation {
  readonly client: StationClient
  /** Every command that reached the station, as `station.stop` or `world.inject {"what":"scratch"}`. */
  readonly heard: string[]
  setStation(change: Partial<StationView>): void
  /** The next part arrives, judged as told. */
  passPart(kind: Kind): void
  setIo(change: Partial<IoView>): void
  /** The next part appears on the scope of the I/O room. */
  passOnScope(): void
  /** The host is gone: streams end and every call fails, until `comeBack`. */
  goAway(): void
  comeBack(): void
}

/**
 * The contract over a scripted station in the page's own memory: schemas are checked as at the real door, nothing is judged.
 * Commands are written down and change what a screen can see of them.
 */
export function createScriptedStation(scene: Scene): ScriptedStation {
  const heard: string[] = []
  const changes = new EventTarget()
  let isAway = false
  const changed = () => changes.dispatchEvent(new Event('change'))
  const nextChange = (signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      changes.addEventListener('change', () => resolve(), { once: true })
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })

  const setStation = (change: Partial<StationView>) => {
    scene.station = { ...scene.station, ...change }
    changed()
  }
  const reach = () => {
    if (isAway) throw new Error('the scripted station is away')
  }
  const done = (what: string, change: Partial<StationView> = {}) => {
    reach()
    heard.push(what)
    setStation(change)
    return { ok: true as const, value: null }
  }
  async function* watch<View>(read: () => View, signal?: AbortSignal) {
    while (!signal?.aborted) {
      reach()
      yield read()
      await nextChange(signal)
    }
  }
  const session = () => (reach(), { ok: true as const, value: scene.session })
  const partNamed = (resultId: string) => scene.station.recent.find((part) => part.resultId === resultId)
  const picture = (sequence: number) => {
    const part = partNamed(`result-${sequence}`)
    return drawPart(sequence, ['fail', 'unsure'].includes(String(part?.outcome)) ? scratchAt : undefined, part && isDetected(part) ? turned : undefined)
  }
  const notFound = { ok: false as const, fault: { code: 'request/notFound' as const, detail: 'scripted' } }

  const io = scriptedIo({ reach, heard, changes, nextChange })
  const o = implement(contract)
  const c = o.commissioning
  const router = o.router({
    session: {
      view: o.session.view.handler(session),
      signIn: o.session.signIn.handler(({ input }) => {
        if (input.pin !== '2468') return { ok: false, fault: { code: 'request/notAllowed', detail: 'wrong PIN' } }
        const person = scene.session.people.find(({ id }) => id === input.person)!
        scene.session = { ...scene.session, person, role: person.role }
        return session()
      }),
      signOut: o.session.signOut.handler(() => ((scene.session = { ...scene.session, person: null, role: 'operator' }), session())),
      addPerson: o.session.addPerson.handler(session),
      removePerson: o.session.removePerson.handler(session),
      changePin: o.session.changePin.handler(session),
    },
    station: {
      watch: o.station.watch.handler(({ signal }) => watch(() => scene.station, signal)),
      run: o.station.run.handler(() => done('station.run', { mode: 'running', state: 'ready' })),
      stop: o.station.stop.handler(() => done('station.stop', { mode: 'stopped', state: 'initialized' })),
      clearFault: o.station.clearFault.handler(() => done('station.clearFault', { latchedFault: null, clearedBy: null, state: 'ready' })),
      clearStopRequest: o.station.clearStopRequest.handler(() => done('station.clearStopRequest', { line: { ...scene.station.line, stopRequest: null } })),
      setControl: o.station.setControl.handler(({ input }) => done(`station.setControl ${input.holder}`, { line: { ...scene.station.line, control: input.holder } })),
      challengeNext: o.station.challengeNext.handler(() => done('station.challengeNext')),
      trigger: o.station.trigger.handler(() => done('station.trigger')),
    },
    commissioning: {
      watch: c.watch.handler(({ signal }) => watch(() => scene.commissioning, signal)),
      begin: c.begin.handler(({ input }) => done(`commissioning.begin ${JSON.stringify(input)}`, { mode: 'commissioning', state: 'preoperational' })),
      leave: c.leave.handler(() => done('commissioning.leave', { mode: 'stopped', state: 'initialized' })),
      startOver: c.startOver.handler(() => done('commissioning.startOver')),
      chooseCamera: c.chooseCamera.handler(() => done('commissioning.chooseCamera')),
      setRegions: c.setRegions.handler(() => done('commissioning.setRegions')),
      setAlignment: c.setAlignment.handler(() => done('commissioning.setAlignment')),
      setCalibration: c.setCalibration.handler(() => done('commissioning.setCalibration')),
      setCycleTime: c.setCycleTime.handler(() => done('commissioning.setCycleTime')),
      measureSettings: c.measureSettings.handler(() => done('commissioning.measureSettings')),
      chooseModel: c.chooseModel.handler(() => done('commissioning.chooseModel')),
      importFeatures: c.importFeatures.handler(() => done('commissioning.importFeatures')),
      dropFeatures: c.dropFeatures.handler(() => done('commissioning.dropFeatures')),
      importDetector: c.importDetector.handler(() => done('commissioning.importDetector')),
      dropDetector: c.dropDetector.handler(() => done('commissioning.dropDetector')),
      setDetectorClasses: c.setDetectorClasses.handler(() => done('commissioning.setDetectorClasses')),
      captureBaseline: c.captureBaseline.handler(() => done('commissioning.captureBaseline')),
      removeBaseline: c.removeBaseline.handler(() => done('commissioning.removeBaseline')),
      captureKnownBad: c.captureKnownBad.handler(() => done('commissioning.captureKnownBad')),
      nameKnownBad: c.nameKnownBad.handler(() => done('commissioning.nameKnownBad')),
      removeKnownBad: c.removeKnownBad.handler(() => done('commissioning.removeKnownBad')),
      scoreKnownBad: c.scoreKnownBad.handler(() => done('commissioning.scoreKnownBad')),
      replayThreshold: c.replayThreshold.handler(() => ({ ok: true, value: null })),
      learn: c.learn.handler(() => done('commissioning.learn')),
      setThreshold: c.setThreshold.handler(() => done('commissioning.setThreshold')),
      choosePlc: c.choosePlc.handler(() => done('commissioning.choosePlc')),
      setLine: c.setLine.handler(() => done('commissioning.setLine')),
      testOutput: c.testOutput.handler(() => done('commissioning.testOutput')),
      confirmOutput: c.confirmOutput.handler(() => done('commissioning.confirmOutput')),
      openStep: c.openStep.handler(() => (reach(), { ok: true, value: null })),
      waive: c.waive.handler(() => done('commissioning.waive')),
      setNotCovered: c.setNotCovered.handler(() => done('commissioning.setNotCovered')),
      sign: c.sign.handler(() => done('commissioning.sign')),
      finish: c.finish.handler(() => done('commissioning.finish', { mode: 'running', state: 'ready' })),
    },
    io: io.handlers,
    models: {
      view: o.models.view.handler(() => (reach(), { ok: true, value: scriptedModels })),
      probe: o.models.probe.handler(() => ({ ok: true, value: scriptedProbes })),
      setInference: o.models.setInference.handler(({ input }) => done(`models.setInference ${JSON.stringify(input)}`)),
    },
    reports: { list: o.reports.list.handler(() => ({ ok: true, value: [] })), fetch: o.reports.fetch.handler(() => notFound), draft: o.reports.draft.handler(() => notFound) },
    jobs: { cancel: o.jobs.cancel.handler(() => done('jobs.cancel')) },
    live: {
      nextFrame: o.live.nextFrame.handler(async ({ input, signal }) => {
        reach()
        const newest = () => scene.station.recent[0]?.sequence ?? 0
        while (newest() <= input.after && !signal?.aborted) await nextChange(signal)
        reach()
        const sequence = newest()
        const quality = { focus: 140, meanLevel: 118, clippedFraction: 0.001, histogram: Array.from({ length: 64 }, (_, i) => Math.round(900 * Math.exp(-(((i - 30) / 12) ** 2)))) }
        return { ok: true, value: { sequence, resultId: sequence ? `result-${sequence}` : null, jpeg: await picture(sequence), widthPx: 640, heightPx: 480, quality, isSimulated: true } }
      }),
    },
    evidence: {
      inspection: o.evidence.inspection.handler(({ input }) => {
        reach()
        const part = partNamed(input.resultId)
        return part ? { ok: true, value: inspectionOf(part) } : notFound
      }),
      picture: o.evidence.picture.handler(async ({ input }) => {
        reach()
        const part = partNamed(input.resultId)
        return part ? { ok: true, value: await picture(part.sequence) } : notFound
      }),
      explain: o.evidence.explain.handler(async ({ input }) => {
        reach()
        heard.push(`evidence.explain ${input.regionId}`)
        const part = partNamed(input.resultId)
        return part ? { ok: true, value: explanationOf(part, input.regionId, await picture(part.sequence), await drawPart(3)) } : notFound
      }),
      sourcePicture: o.evidence.sourcePicture.handler(async () => ({ ok: true, value: await drawPart(3) })),
      baselinePicture: o.evidence.baselinePicture.handler(async ({ input }) => ({ ok: true, value: await drawPart(Number(input.id) || 1) })),
    },
    world: { inject: o.world.inject.handler(({ input }) => done(`world.inject ${JSON.stringify(input)}`)) },
  })

  return {
    client: createRouterClient(router),
    heard,
    setStation,
    passPart(kind) {
      const { recent, counters } = scene.station
      const part = partOf((recent[0]?.sequence ?? 0) + 1, kind, new Date().toISOString())
      setStation({ recent: [part, ...recent].slice(0, 12), counters: { ...counters, inspections: counters.inspections + 1 } })
    },
    setIo: io.set,
    passOnScope: io.passPart,
    goAway() {
      isAway = true
      changed()
    },
    comeBack() {
      isAway = false
    },
  }
}
