import { createServer } from 'node:net'
import { listening, somewhereHere } from '../../adapters/plc/conveyor/listening.ts'
import type { LineEvent, LineFault } from '../../adapters/plc/conveyor/lineEvent.ts'
import { openPlcLine } from '../../adapters/plc/conveyor/plcLine.ts'
import { openRemoteIoLine } from '../../adapters/plc/conveyor/remoteIoLine.ts'
import type { SimulatedLine } from '../../adapters/plc/conveyor/simulatedLine.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { faultAt, stationFaults, type ScheduledFault, type StationFault } from './faultSchedule.ts'
import { beginJudgedLife, type JudgedLife } from './judgedLife.ts'
import type { JudgedNote } from './judgedMethods.ts'
import { judgedBelt, judgedDeadlineMs, type JudgedCourse } from './judgedRecipe.ts'
import { drawPart, looksDefective } from './partPicture.ts'
import { readEvidence } from './readEvidence.ts'
import { reconcile, type Reconciliation } from './reconcile.ts'
import { openWitness } from './witness.ts'

export interface JudgeOptions {
  readonly course: JudgedCourse
  readonly parts: number
  /** About one part in so many meets a fault. */
  readonly faultEvery: number
  readonly dataDir: string
  readonly clock: ClockPort
  readonly signal: AbortSignal
  readonly onPart: (parts: number) => void
  readonly onNote: (note: object) => void
}

/** After a latched fault or a stop request, somebody looks and clears it. */
const operatorMs = 50
const operatorRoundMs = 1_000
const lastPartMs = 3_000

/**
 * Runs one station against one conveyor until so many parts have come, with faults by the seed, and holds the conveyor's log against the
 * evidence. Time is accelerated: the next part comes as soon as nothing is under way, which is when the line is quiet and the station has
 * closed the record of the last part; else it comes at its pitch. Rejects when the station cannot be started at all.
 */
export async function judgeLine(options: JudgeOptions): Promise<Reconciliation> {
  const { course, parts, faultEvery, dataDir, clock, signal, onPart, onNote } = options
  const { role, seed } = course
  const witness = openWitness(role)
  const ended = Promise.withResolvers<undefined>()
  const { line, plcTarget } = await openLine(course, clock)
  let life: JudgedLife | undefined
  let isEnding = false
  let [triggeredMs, closedMs] = [0, 0]
  /** Since when something has been wrong, and when the last of it ended. */
  let disturbed: { readonly fromMs: number; untilMs: number } | null = null
  let underWay = 0

  function disturb(sinceMs = edgeMarginMs): void {
    disturbed ??= { fromMs: clock.monotonicMs() - sinceMs, untilMs: Infinity }
    disturbed.untilMs = Infinity
  }

  /** What was wrong is over when nothing is wrong any more and the station has closed the record of a part that came afterwards. */
  function recover(): void {
    if (disturbed && underWay === 0 && disturbed.untilMs === Infinity) disturbed.untilMs = clock.monotonicMs()
  }

  function begin(): void {
    disturb()
    const ours = beginJudgedLife({ course, dataDir, plcTarget }, { look: async () => pictureNow(line, seed) }, hear, (why) => { ended.reject(new Error(why)) })
    life = ours
    void ours.ended.then(() => { if (!isEnding) begin() })
  }

  function hear(note: JudgedNote): void {
    if (note.kind === 'state') onNote(note)
    if (note.kind === 'state' && !note.isLinked) disturb(lossNoticedMs)
    if (note.kind === 'state' && (note.name === 'fault' || note.stop !== '')) void clock.sleep(operatorMs).then(() => { life?.clear() })
    if (note.kind === 'state' && note.name === 'ready' && note.isLinked) recover()
    if (note.kind !== 'closed') return
    closedMs = note.monotonicMs
    recover()
    if (!disturbed || note.monotonicMs < disturbed.untilMs + edgeMarginMs) return
    witness.disturb(disturbed.fromMs, note.monotonicMs)
    disturbed = null
  }

  async function bring({ name, afterMs, forMs }: ScheduledFault): Promise<void> {
    await clock.sleep(afterMs)
    underWay++
    disturb()
    onNote({ kind: 'fault', name, forMs })
    switchFault(name, true)
    await clock.sleep(forMs)
    switchFault(name, false)
    underWay--
    function switchFault(which: ScheduledFault['name'], isOn: boolean): void {
      if (!stationFaults.includes(which as StationFault)) line.setFault(which as LineFault, isOn)
      else if (which === 'freezeStation') life?.signal(isOn ? 'SIGSTOP' : 'SIGCONT')
      else if (isOn && which === 'killStation') life?.signal('SIGKILL')
      else if (isOn) life?.holdUp(forMs)
    }
  }

  function watch(event: LineEvent): void {
    witness.hear(event)
    if (event.kind === 'triggered') triggeredMs = event.monotonicMs
    if ((event.kind !== 'triggered' || event.isBounce) && event.kind !== 'unseen') return
    onPart(event.part)
    if (event.part >= parts) ended.resolve(undefined)
    const scheduled = isEnding ? null : faultAt(role, seed, event.part, faultEvery)
    if (scheduled) void bring(scheduled)
  }

  async function pace(): Promise<void> {
    for (; !isEnding; await clock.sleep(2)) if (closedMs >= triggeredMs && line.isQuiet) line.world.feedNow()
  }

  async function operate(): Promise<void> {
    for (; !isEnding; await clock.sleep(operatorRoundMs)) life?.clear()
  }

  line.onEvent(watch)
  signal.addEventListener('abort', () => { ended.resolve(undefined) }, { once: true })
  begin()
  void pace()
  void operate()
  await ended.promise
  isEnding = true
  line.world.stopFeeding()
  await clock.sleep(lastPartMs)
  if (disturbed) witness.disturb((disturbed as { fromMs: number }).fromMs, clock.monotonicMs())
  if (!(await life?.stop())) onNote({ kind: 'killed', why: 'the station did not end in time' })
  await line.close()
  return reconcile(seed, witness, readEvidence(dataDir))
}

/** The station may take an edge a little before or after the belt's own. */
const edgeMarginMs = 50

/** A link that is lost was silent for a request's whole time before anybody noticed. */
const lossNoticedMs = 500

function pictureNow({ world }: SimulatedLine, seed: number): Uint8Array {
  const before = world.beforeCamera
  return drawPart(before ? { part: before.part, looksDefective: looksDefective(seed, before.part, before.isDefective) } : { part: 0, looksDefective: true }, seed).bytes
}

async function openLine(course: JudgedCourse, clock: ClockPort): Promise<{ line: SimulatedLine; plcTarget: string }> {
  const plan = judgedBelt(course)
  if (course.role === 'client') {
    const line = await openRemoteIoLine(plan, somewhereHere, clock)
    return { line, plcTarget: `tcp://${somewhereHere.host}:${line.port}` }
  }
  const station = { ...somewhereHere, port: await freePort() }
  const line = await openPlcLine({ plan, station, deadlineMs: judgedDeadlineMs(course), clock })
  return { line, plcTarget: `listen://${station.host}:${station.port}?allow=${somewhereHere.host}` }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listening(server, somewhereHere)
  await new Promise((resolve) => { server.close(resolve) })
  return port
}
