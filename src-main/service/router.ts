import { implement } from '@orpc/server'
import { contract } from '../../src-preload/contract/contract.ts'
import type { InspectionView } from '../../src-preload/contract/views.ts'
import { fault } from '../domain/fault.ts'
import type { InspectionId, Sha256 } from '../domain/ids.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { CallContext, Session } from './application.ts'
import type { Commissioning } from './commissioning.ts'
import { replayDraft } from './replayDraft.ts'
import type { Pictures } from './pictures.ts'
import type { SignIn } from './signIn.ts'
import type { StationControl } from './stationControl.ts'
import { summarise } from './stationView.ts'
import { streamViews } from './viewStream.ts'

export interface Services {
  readonly clock: ClockPort
  readonly evidence: EvidencePort
  readonly control: StationControl
  readonly commissioning: Commissioning
  readonly pictures: Pictures
  readonly signIn: SignIn
}

/** The contract's handlers: each is one call into the room that does the work. `dispatch` stands in front of all of them. */
export function createRouter({ clock, evidence, control, commissioning, pictures, signIn }: Services) {
  const os = implement(contract).$context<CallContext>()
  const viewSession = (session: Session) => succeed({ role: session.role, pinIsSet: signIn.pinIsSet })
  const sleep = clock.sleep.bind(clock)

  return os.router({
    session: {
      view: os.session.view.handler(({ context }) => viewSession(context.session)),
      signIn: os.session.signIn.handler(async ({ input, context }) => {
        const role = await signIn.attempt(input.pin)
        if (!role.ok) return role
        context.session.role = role.value
        return viewSession(context.session)
      }),
      signOut: os.session.signOut.handler(({ context }) => {
        context.session.role = signIn.startingRole
        return viewSession(context.session)
      }),
      setPin: os.session.setPin.handler(async ({ input, context }) => {
        const set = await signIn.set(input.pin)
        return set.ok ? viewSession(context.session) : set
      }),
    },
    station: {
      watch: os.station.watch.handler(({ signal }) => streamViews(control.views, signal, sleep)),
      run: os.station.run.handler(() => control.run()),
      stop: os.station.stop.handler(() => control.stop()),
      clearFault: os.station.clearFault.handler(() => control.clearFault()),
    },
    commissioning: {
      watch: os.commissioning.watch.handler(({ signal }) => streamViews(commissioning.views, signal, sleep)),
      begin: os.commissioning.begin.handler(({ input }) => control.beginCommissioning(input.name, input.source)),
      leave: os.commissioning.leave.handler(() => control.leaveCommissioning()),
      startOver: os.commissioning.startOver.handler(() => commissioning.startOver()),
      chooseCamera: os.commissioning.chooseCamera.handler(({ input }) => commissioning.chooseCamera(input.source)),
      setRegions: os.commissioning.setRegions.handler(({ input }) => commissioning.setRegions(input.regions)),
      setAlignment: os.commissioning.setAlignment.handler(({ input }) => commissioning.setAlignment(input.lesson)),
      setCycleTime: os.commissioning.setCycleTime.handler(({ input }) => commissioning.setCycleTime(input.cycleTimeMs)),
      measureSettings: os.commissioning.measureSettings.handler(({ input }) => commissioning.measureSettings(input.method)),
      chooseModel: os.commissioning.chooseModel.handler(({ input }) => commissioning.chooseModel(input)),
      captureBaseline: os.commissioning.captureBaseline.handler(({ input }) => commissioning.captureBaseline(input.count)),
      captureKnownBad: os.commissioning.captureKnownBad.handler(({ input }) => commissioning.captureKnownBad(input.count, input.kind)),
      nameKnownBad: os.commissioning.nameKnownBad.handler(({ input }) => commissioning.nameKnownBad(input.id, input.kind)),
      removeKnownBad: os.commissioning.removeKnownBad.handler(({ input }) => commissioning.removeKnownBad(input.ids)),
      scoreKnownBad: os.commissioning.scoreKnownBad.handler(() => commissioning.scoreKnownBad()),
      removeBaseline: os.commissioning.removeBaseline.handler(({ input }) => commissioning.removeBaseline(input.ids)),
      learn: os.commissioning.learn.handler(() => commissioning.learn()),
      setThreshold: os.commissioning.setThreshold.handler(({ input }) => commissioning.setThreshold(input)),
      replayThreshold: os.commissioning.replayThreshold.handler(({ input, signal }) => replayDraft(evidence, commissioning.draft, input, signal)),
      choosePlc: os.commissioning.choosePlc.handler(({ input }) => commissioning.choosePlc(input.target, input.wiring)),
      testOutput: os.commissioning.testOutput.handler(({ input }) => commissioning.testOutput(input.output)),
      confirmOutput: os.commissioning.confirmOutput.handler(({ input }) => commissioning.confirmOutput(input.output, input.seen)),
      finish: os.commissioning.finish.handler(() => control.finishCommissioning()),
    },
    jobs: { cancel: os.jobs.cancel.handler(({ input }) => commissioning.cancelJob(input.id)) },
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
