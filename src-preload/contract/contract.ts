import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { roles, type Role } from '../../src-main/domain/role.ts'
import { controlHolders, type StationMode } from '../../src-main/domain/station.ts'
import { dispositionNames } from '../../src-main/domain/verdict.ts'
import { BudgetView, IoPorts, IoView, NumberedTraffic } from './io.ts'
import { AlignmentTravel, BeltFacts, Calibration, Detector, LineSettings, ModelChoice, OutputLine, OutputWiring, Rectangle, RegionIdText, Sha256Text, Shape } from './recipe.ts'
import { ExplanationView } from './explanation.ts'
import { Inference, ModelsView, ProbeView } from './models.ts'
import { ReportEntry, signatureMeanings } from './report.ts'
import { Done, Fault, resultOf } from './resultOf.ts'
import { CommissioningView, stepIds } from './commissioningView.ts'
import { InspectionView, LiveFrame, ReplayView, SessionView, StationView } from './views.ts'

/** What `dispatch` checks before a handler runs: the least role that may call, and the station's modes in which it means anything. */
export interface Access {
  readonly role: Role
  readonly modes: readonly StationMode[] | 'any'
}

const anyone = oc.$meta<Access>({ role: 'operator', modes: 'any' })
const whileRunning = oc.$meta<Access>({ role: 'operator', modes: ['running'] })
const technician = (modes: Access['modes']) => oc.$meta<Access>({ role: 'technician', modes })
const whileCommissioning = technician(['commissioning'])
/** No part is under way. */
const whileStandingStill = technician(['commissioning', 'stopped'])
const engineer = oc.$meta<Access>({ role: 'engineer', modes: 'any' })

/** A stream cannot answer `{ok: false}`: it ends with this error, which carries the fault. */
const stream = anyone.errors({ REFUSED: { data: Fault } })

const ReportLanguage = z.enum(['en', 'de'])
const Pin = z.string().regex(/^\d{4,8}$/)

const FilePath = z.string().trim().min(1).max(4096)

/** What a screen may ask and what it may hear. Commands are imperative; `watch` gives whole views, newest wins. */
export const contract = {
  session: {
    view: anyone.output(resultOf(SessionView)),
    signIn: anyone.input(z.object({ person: z.string().max(64), pin: Pin })).output(resultOf(SessionView)),
    signOut: anyone.output(resultOf(SessionView)),
    addPerson: engineer.input(z.object({ name: z.string().trim().min(1).max(80), role: z.enum(roles), pin: Pin })).output(resultOf(SessionView)),
    removePerson: engineer.input(z.object({ person: z.string().max(64) })).output(resultOf(SessionView)),
    /** Of the person who is signed in. */
    changePin: anyone.input(z.object({ pin: Pin })).output(resultOf(SessionView)),
  },
  station: {
    watch: stream.output(eventIterator(StationView)),
    run: anyone.$meta<Access>({ role: 'operator', modes: ['stopped'] }).output(Done),
    stop: anyone.$meta<Access>({ role: 'operator', modes: ['running'] }).output(Done),
    /** Some faults take a technician or an engineer: `StationView.clearedBy`. */
    clearFault: anyone.$meta<Access>({ role: 'operator', modes: ['running', 'stopped'] }).output(Done),
    clearStopRequest: anyone.output(Done),
    /** The operator gives control to the PLC, or takes it back. */
    setControl: whileRunning.input(z.object({ holder: z.enum(controlHolders) })).output(Done),
    /** The next part is a known one: it must not be accepted. */
    challengeNext: whileRunning.output(Done),
    /** A part is before the camera: for recipes that are triggered by hand. */
    trigger: whileRunning.output(Done),
  },
  commissioning: {
    watch: stream.output(eventIterator(CommissioningView)),
    /** Starts from nothing, or goes on with what was saved. `source` chooses the camera at once (the demo). */
    begin: technician(['empty', 'stopped', 'commissioning'])
      .input(z.object({ name: z.string().min(1).max(120).optional(), source: z.string().optional() }))
      .output(Done),
    /** Back to the running station without changing it; the draft is kept. */
    leave: whileCommissioning.output(Done),
    startOver: whileCommissioning.output(Done),
    chooseCamera: whileCommissioning.input(z.object({ source: z.string().min(1).max(4096) })).output(Done),
    setRegions: whileCommissioning
      .input(
        z.object({
          regions: z.array(z.object({ id: RegionIdText, name: z.string().trim().min(1).max(80), shape: Shape, masks: z.array(Shape).max(50) })).max(50),
        }),
      )
      .output(Done),
    /** Teaches from the picture that the camera shows; null: parts lie still. Answers when it was found again in all good parts. */
    setAlignment: whileCommissioning.input(z.object({ lesson: z.object({ rectangle: Rectangle, travel: AlignmentTravel }).nullable() })).output(Done),
    /** How large a pixel is on the part; null: sizes stay in pixels. */
    setCalibration: whileCommissioning.input(z.object({ calibration: Calibration.nullable() })).output(Done),
    setCycleTime: whileCommissioning.input(z.object({ cycleTimeMs: z.number().min(1).max(3_600_000) })).output(Done),
    /** Times every setting on this machine, for the regions as they are drawn. */
    measureSettings: whileCommissioning.input(ModelChoice.pick({ method: true })).output(Done),
    /** What was learnt with another choice is out of date. */
    chooseModel: whileCommissioning.input(ModelChoice).output(Done),
    /** A file on the station's computer, tried on good parts and learnt from in place of the station's own features. */
    importFeatures: whileCommissioning.input(z.object({ kind: z.enum(['backbone', 'anomalib']), path: FilePath })).output(Done),
    dropFeatures: whileCommissioning.output(Done),
    /** A trained detector for one region, sealed for its shape. */
    importDetector: whileCommissioning.input(z.object({ regionId: RegionIdText, path: FilePath, names: z.array(z.string().trim().min(1).max(200)).min(1).max(500).optional() })).output(Done),
    dropDetector: whileCommissioning.input(z.object({ regionId: RegionIdText })).output(Done),
    setDetectorClasses: oc.$meta<Access>({ role: 'engineer', modes: ['commissioning'] }).input(z.object({ regionId: RegionIdText, classes: Detector.shape.classes })).output(Done),
    captureBaseline: whileCommissioning.input(z.object({ count: z.number().int().min(1).max(500) })).output(Done),
    removeBaseline: whileCommissioning.input(z.object({ ids: z.array(z.string()).min(1).max(500) })).output(Done),
    captureKnownBad: whileCommissioning.input(z.object({ count: z.number().int().min(1).max(200), kind: z.string().trim().max(80) })).output(Done),
    nameKnownBad: whileCommissioning.input(z.object({ id: Sha256Text, kind: z.string().trim().max(80) })).output(Done),
    removeKnownBad: whileCommissioning.input(z.object({ ids: z.array(z.string()).min(1).max(500) })).output(Done),
    /** Scores what a cancelled job has left unscored. */
    scoreKnownBad: whileCommissioning.output(Done),
    learn: whileCommissioning.output(Done),
    setThreshold: whileCommissioning
      .input(
        z.object({
          regionId: RegionIdText,
          failAbove: z.number().positive(),
          unsureAbove: z.number().positive(),
          minAreaPx: z.number().nonnegative(),
          reason: z.string().trim().max(500).optional(),
          costRatio: z.number().positive().optional(),
        }),
      )
      .output(Done),
    /** What another line would have made of the parts that this very model has judged; null when there are none. */
    replayThreshold: whileCommissioning.input(z.object({ regionId: RegionIdText, failAbove: z.number().positive(), unsureAbove: z.number().positive() })).output(resultOf(ReplayView.nullable())),
    choosePlc: whileCommissioning.input(z.object({ target: z.string().min(1).max(300), wiring: OutputWiring })).output(Done),
    /** null: the camera triggers, parts are counted and nothing is confirmed. The PLC is opened anew with it. */
    setLine: whileCommissioning.input(z.object({ line: LineSettings.nullable() })).output(Done),
    testOutput: whileCommissioning.input(z.object({ output: z.enum(dispositionNames) })).output(Done),
    confirmOutput: whileCommissioning.input(z.object({ output: z.enum(dispositionNames), seen: z.boolean() })).output(Done),
    /** For the time per step; the screen says so whenever another step is shown. */
    openStep: whileCommissioning.input(z.object({ step: z.enum(stepIds) })).output(Done),
    /** Leaves a step undone on purpose; the name of who is signed in stands beside the reason. */
    waive: whileCommissioning.input(z.object({ step: z.enum(stepIds), reason: z.string().trim().min(5).max(500) })).output(Done),
    setNotCovered: whileCommissioning.input(z.object({ kinds: z.array(z.string().trim().min(1).max(80)).max(50) })).output(Done),
    /** The PIN once more: a signature is a deliberate act of one person (21 CFR 11.200). */
    sign: whileCommissioning.input(z.object({ person: z.string().max(64), pin: Pin, meaning: z.enum(signatureMeanings) })).output(Done),
    /** Makes the recipe, keeps it under its hash, activates it and runs. */
    finish: whileCommissioning.output(Done),
  },
  models: {
    view: technician('any').output(resultOf(ModelsView)),
    /** Tries every provider on this machine; takes some seconds. */
    probe: technician('any').output(resultOf(z.array(ProbeView))),
    /** Kept and audited; takes effect at the next start. */
    setInference: technician('any').input(Inference).output(Done),
  },
  reports: {
    /** Newest first. */
    list: technician('any').output(resultOf(z.array(ReportEntry))),
    fetch: technician('any').input(z.object({ sha256: Sha256Text, format: z.enum(['pdf', 'json']), language: ReportLanguage })).output(resultOf(z.instanceof(Blob))),
    /** What the report would say if commissioning ended now, as PDF. */
    draft: whileCommissioning.input(z.object({ language: ReportLanguage })).output(resultOf(z.instanceof(Blob))),
  },
  jobs: { cancel: technician('any').input(z.object({ id: z.string() })).output(Done) },
  io: {
    /** While it is followed the registers are read; when it ends, whatever this screen switched on goes off. */
    watch: technician('any').errors({ REFUSED: { data: Fault } }).output(eventIterator(IoView)),
    /** Long-polls for requests and replies after this number, oldest first; what was overwritten meanwhile is missing by its number. */
    traffic: technician('any').input(z.object({ after: z.number().int().nonnegative() })).output(resultOf(z.array(NumberedTraffic))),
    /** For 60 s. Nothing moves by hand before it. */
    arm: whileStandingStill.output(Done),
    /** Everything switched on by hand goes off. */
    disarm: technician('any').output(Done),
    /** On for 60 s at most. */
    switch: whileStandingStill.input(z.object({ coil: z.number().int().min(0).max(65_535), isOn: z.boolean() })).output(Done),
    /** Twenty handshakes, or twenty loops from trigger to pulse. */
    runLoops: whileStandingStill.output(Done),
    testLink: whileStandingStill.output(Done),
    /** The link test goes on: the cable is in again. */
    confirmPlugged: whileStandingStill.output(Done),
    /** What these numbers would leave, by what was measured here. */
    budget: technician('any').input(z.object({ belt: BeltFacts, reject: OutputLine, encoder: LineSettings.shape.encoder })).output(resultOf(BudgetView)),
    ports: technician('any').output(resultOf(IoPorts)),
  },
  live: {
    /** Long-polls for a picture newer than `after`; frames in between are dropped. */
    nextFrame: anyone.input(z.object({ after: z.number().int() })).output(resultOf(LiveFrame)),
  },
  evidence: {
    inspection: anyone.input(z.object({ resultId: z.string() })).output(resultOf(InspectionView)),
    /** A JPEG for the screen; the original stays where it is. */
    picture: anyone.input(z.object({ resultId: z.string(), maxWidthPx: z.number().int().min(16).max(4096) })).output(resultOf(z.instanceof(Blob))),
    /** Why a region of a recorded part scored as it did, beside the good parts most like it. */
    explain: anyone.input(z.object({ resultId: z.string(), regionId: RegionIdText })).output(resultOf(ExplanationView)),
    /** A good part that a model was learnt from, by its hash, whichever draft it came from. */
    sourcePicture: anyone.input(z.object({ model: Sha256Text, id: Sha256Text, maxWidthPx: z.number().int().min(16).max(4096) })).output(resultOf(z.instanceof(Blob))),
    baselinePicture: anyone.input(z.object({ id: z.string(), maxWidthPx: z.number().int().min(16).max(4096) })).output(resultOf(z.instanceof(Blob))),
  },
  world: { inject: technician('any').input(z.object({ what: z.string() })).output(Done) },
}
export type Contract = typeof contract
