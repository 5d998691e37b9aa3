import { implement, os as base } from '@orpc/server'
import { contract } from '../../src-preload/contract/contract.ts'
import type { InspectionView } from '../../src-preload/contract/views.ts'
import { fault, type Fault } from '../domain/fault.ts'
import type { InspectionId, Sha256 } from '../domain/ids.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import type { Person } from '../domain/person.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { mayActAs } from '../domain/role.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { validSignatures } from '../station/commissioning/bases.ts'
import { actorOf, type CallContext, type Session } from './application.ts'
import type { Commissioning } from './commissioning.ts'
import { handleIo } from './io/handleIo.ts'
import { handleModels } from './models/handleModels.ts'
import type { ModelRoom } from './models/modelRoom.ts'
import type { IoControl } from './io/ioControl.ts'
import type { IoPorts } from '../../src-preload/contract/io.ts'
import type { Reports } from './reports.ts'
import { replayDraft } from './replayDraft.ts'
import type { Explanations } from './explanations.ts'
import type { Pictures } from './pictures.ts'
import type { People } from './people.ts'
import type { Caller } from './lineCommands.ts'
import type { StationControl } from './stationControl.ts'
import { summarise } from './stationView.ts'
import { streamViews } from './viewStream.ts'

export interface Services {
  readonly clock: ClockPort
  readonly evidence: EvidencePort
  readonly control: StationControl
  readonly commissioning: Commissioning
  readonly pictures: Pictures
  readonly explanations: Explanations
  readonly people: People
  readonly reports: Reports
  readonly io: IoControl
  readonly models: ModelRoom
  /** What of this computer a PLC can be wired to. */
  readonly listPorts: () => Promise<IoPorts>
}

/** The contract's handlers: each is one call into the room that does the work. `dispatch` stands in front of all of them. */
export function createRouter({ clock, evidence, control, commissioning, pictures, explanations, people, reports, io, models, listPorts }: Services) {
  const os = implement(contract).$context<CallContext>()
  /** What was tried and refused belongs into the commissioning report. */
  const tried = base.$context<CallContext>().middleware(async ({ next }) => {
    const answer = await next()
    const { ok, fault: refused } = (answer.output ?? {}) as { ok?: boolean; fault?: Fault }
    if (ok === false && refused) await commissioning.noteSetback(refused.code)
    return answer
  })
  const viewSession = ({ role, person }: Session) => succeed({ role, person, people: [...people.all] })
  const signIn = (session: Session, person: Person): void => { Object.assign(session, { person, role: person.role }) }
  const signOut = (session: Session): void => { Object.assign(session, { person: null, role: people.startingRole }) }
  const callerOf = ({ session }: CallContext): Caller => ({ role: session.role, who: actorOf(session) })
  const sleep = clock.sleep.bind(clock)

  return os.router({
    session: {
      view: os.session.view.handler(({ context }) => viewSession(context.session)),
      signIn: os.session.signIn.handler(async ({ input, context }) => {
        const found = await people.identify(input.person, input.pin)
        if (!found.ok) return found
        signIn(context.session, found.value)
        return viewSession(context.session)
      }),
      signOut: os.session.signOut.handler(({ context }) => {
        signOut(context.session)
        return viewSession(context.session)
      }),
      /** Whoever names the first person is that person. */
      addPerson: os.session.addPerson.handler(async ({ input, context }) => {
        const isFirst = people.all.length === 0
        const added = await people.add(input, actorOf(context.session))
        if (!added.ok) return added
        if (isFirst) signIn(context.session, added.value)
        return viewSession(context.session)
      }),
      removePerson: os.session.removePerson.handler(async ({ input, context }) => {
        const removed = await people.remove(input.person, actorOf(context.session))
        if (!removed.ok) return removed
        if (context.session.person?.id === input.person) signOut(context.session)
        return viewSession(context.session)
      }),
      changePin: os.session.changePin.handler(async ({ input, context }) => {
        const { person } = context.session
        if (!person) return fail(fault('request/notAllowed', 'sign in first'))
        const changed = await people.changePin(person.id, input.pin)
        return changed.ok ? viewSession(context.session) : changed
      }),
    },
    station: {
      watch: os.station.watch.handler(({ signal }) => streamViews(control.views, signal, sleep)),
      run: os.station.run.handler(() => control.run()),
      stop: os.station.stop.handler(() => control.stop()),
      clearFault: os.station.clearFault.handler(({ context }) => control.line.clearFault(callerOf(context))),
      clearStopRequest: os.station.clearStopRequest.handler(({ context }) => control.line.clearStopRequest(callerOf(context))),
      setControl: os.station.setControl.handler(({ input, context }) => control.line.setControl(input.holder, callerOf(context))),
      challengeNext: os.station.challengeNext.handler(({ context }) => control.line.challengeNext(callerOf(context))),
      trigger: os.station.trigger.handler(() => control.line.trigger()),
    },
    commissioning: os.commissioning.use(tried).router({
      watch: os.commissioning.watch.handler(({ signal }) => streamViews(commissioning.views, signal, sleep)),
      begin: os.commissioning.begin.handler(({ input }) => control.beginCommissioning(input.name, input.source)),
      leave: os.commissioning.leave.handler(() => control.leaveCommissioning()),
      startOver: os.commissioning.startOver.handler(() => commissioning.startOver()),
      chooseCamera: os.commissioning.chooseCamera.handler(({ input }) => commissioning.chooseCamera(input.source)),
      setRegions: os.commissioning.setRegions.handler(({ input }) => commissioning.setRegions(input.regions)),
      setAlignment: os.commissioning.setAlignment.handler(({ input }) => commissioning.setAlignment(input.lesson)),
      setCalibration: os.commissioning.setCalibration.handler(({ input }) => commissioning.setCalibration(input.calibration)),
      setCycleTime: os.commissioning.setCycleTime.handler(({ input }) => commissioning.models.setCycleTime(input.cycleTimeMs)),
      measureSettings: os.commissioning.measureSettings.handler(({ input }) => commissioning.models.measureSettings(input.method)),
      chooseModel: os.commissioning.chooseModel.handler(({ input }) => commissioning.models.choose(input)),
      importFeatures: os.commissioning.importFeatures.use(tried).handler(({ input }) => commissioning.models.importFeatures(input.kind, input.path)),
      dropFeatures: os.commissioning.dropFeatures.handler(() => commissioning.models.dropFeatures()),
      importDetector: os.commissioning.importDetector.use(tried).handler(({ input }) => commissioning.models.importDetector(input)),
      dropDetector: os.commissioning.dropDetector.handler(({ input }) => commissioning.models.dropDetector(input.regionId)),
      setDetectorClasses: os.commissioning.setDetectorClasses.handler(({ input }) => commissioning.models.setDetectorClasses(input.regionId, input.classes)),
      captureBaseline: os.commissioning.captureBaseline.handler(({ input }) => commissioning.captureBaseline(input.count)),
      captureKnownBad: os.commissioning.captureKnownBad.handler(({ input }) => commissioning.captureKnownBad(input.count, input.kind)),
      nameKnownBad: os.commissioning.nameKnownBad.handler(({ input }) => commissioning.nameKnownBad(input.id, input.kind)),
      removeKnownBad: os.commissioning.removeKnownBad.handler(({ input }) => commissioning.removeKnownBad(input.ids)),
      scoreKnownBad: os.commissioning.scoreKnownBad.handler(() => commissioning.scoreKnownBad()),
      removeBaseline: os.commissioning.removeBaseline.handler(({ input }) => commissioning.removeBaseline(input.ids)),
      learn: os.commissioning.learn.handler(() => commissioning.learn()),
      setThreshold: os.commissioning.setThreshold.handler(({ input }) => commissioning.models.setThreshold(input)),
      replayThreshold: os.commissioning.replayThreshold.handler(({ input, signal }) => replayDraft(evidence, commissioning.draft, input, signal)),
      choosePlc: os.commissioning.choosePlc.handler(({ input }) => commissioning.choosePlc(input.target, input.wiring)),
      setLine: os.commissioning.setLine.handler(({ input }) => commissioning.setLine(input.line)),
      testOutput: os.commissioning.testOutput.handler(({ input }) => commissioning.testOutput(input.output)),
      confirmOutput: os.commissioning.confirmOutput.handler(({ input }) => commissioning.confirmOutput(input.output, input.seen)),
      openStep: os.commissioning.openStep.handler(({ input }) => commissioning.openStep(input.step)),
      waive: os.commissioning.waive.handler(({ input, context }) => commissioning.waive(input.step, input.reason, actorOf(context.session))),
      setNotCovered: os.commissioning.setNotCovered.handler(({ input }) => commissioning.setNotCovered(input.kinds)),
      sign: os.commissioning.sign.handler(async ({ input }) => {
        const found = await people.identify(input.person, input.pin)
        if (!found.ok) return found
        if (!mayActAs(found.value.role, 'technician')) return fail(fault('request/notAllowed', 'a station is signed for by a technician or an engineer'))
        return commissioning.sign(found.value, input.meaning)
      }),
      finish: os.commissioning.finish.handler(async () => {
        const isSigned = people.all.length === 0 || validSignatures(commissioning.draft).length > 0
        if (!isSigned) return fail(fault('request/wrongMode', 'commissioning has not been signed'))
        const { draft } = commissioning
        const finished = await control.finishCommissioning()
        return finished.ok ? reports.keep(draft, control.station.active!.hash) : finished
      }),
    }),
    io: handleIo(io, listPorts, sleep),
    models: handleModels(models),
    reports: {
      list: os.reports.list.handler(() => reports.list()),
      fetch: os.reports.fetch.handler(({ input: { sha256, format, language } }) => (format === 'json' ? reports.json(sha256) : reports.pdf(sha256, language))),
      draft: os.reports.draft.handler(({ input }) => reports.draftPdf(commissioning.draft, input.language)),
    },
    jobs: {
      cancel: os.jobs.cancel.handler(({ input }) => {
        const cancelled = io.cancelJob(input.id)
        return cancelled.ok ? cancelled : commissioning.cancelJob(input.id)
      }),
    },
    live: { nextFrame: os.live.nextFrame.handler(({ input, signal }) => pictures.next(input.after, signal)) },
    evidence: {
      inspection: os.evidence.inspection.handler(async ({ input }) => {
        const found = await evidence.inspection(input.resultId as InspectionId)
        return found.ok ? succeed(viewInspection(found.value)) : found
      }),
      picture: os.evidence.picture.handler(async ({ input }) => {
        const image = await evidence.image(input.resultId as InspectionId)
        return image.ok ? pictures.stored(image.value, input.maxWidthPx) : image
      }),
      explain: os.evidence.explain.handler(({ input, signal }) => explanations.explain(input.resultId as InspectionId, input.regionId, signal)),
      sourcePicture: os.evidence.sourcePicture.handler(({ input }) => explanations.source(input.model, input.id, input.maxWidthPx)),
      baselinePicture: os.evidence.baselinePicture.handler(async ({ input }): Promise<Result<Blob>> => {
        const frame = [...commissioning.draft.baseline, ...commissioning.draft.knownBad].find((one) => one.id === (input.id as Sha256))
        if (!frame) return fail(fault('request/notFound', `no baseline picture ${input.id}`))
        const bytes = await evidence.fetch('baseline', frame.id)
        return bytes.ok ? pictures.stored({ bytes: bytes.value, mediaType: frame.mediaType }, input.maxWidthPx) : bytes
      }),
    },
    world: { inject: os.world.inject.handler(({ input }) => control.inject(input.what)) },
  })
}

function viewInspection(inspection: ClosedInspection): InspectionView {
  const { frame } = inspection
  return {
    summary: summarise(inspection),
    recipe: inspection.recipe,
    recipeName: inspection.recipeName,
    readings: inspection.readings.map(({ embedding: _embedding, heatmap, detections, ...reading }) => ({ ...reading, heatmap: { ...heatmap, cells: [...heatmap.cells] }, ...(detections && { detections: [...detections] }) })),
    checks: [...(frame?.checks ?? [])],
    timingsMs: { ...inspection.timingsMs },
    image: frame && { sha256: frame.image.sha256, file: frame.image.file, bytes: frame.image.bytes },
    truth: inspection.truth ? { ...inspection.truth, defects: [...inspection.truth.defects] } : null,
  }
}
