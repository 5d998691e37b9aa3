import type { LineEvent, LineFault } from '../../adapters/plc/conveyor/lineEvent.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { lossNoticedMs, watchDisturbance } from './disturbance.ts'
import { faultAt, stationFaults, type ScheduledFault, type StationFault } from './faultSchedule.ts'
import { beginJudgedLife, type JudgedLife } from './judgedLife.ts'
import type { JudgedNote } from './judgedMethods.ts'
import type { JudgedCourse } from './judgedRecipe.ts'
import { openCourse, pictureNow } from './openCourse.ts'
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
  /** Aborted: what has come so far is judged. */
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
export async function judgeLine({ course, parts, faultEvery, dataDir, clock, signal, onPart, onNote }: JudgeOptions): Promise<Reconciliation> {
  const { role, seed } = course
  const witness = openWitness(role)
  const disturbance = watchDisturbance(witness, clock)
  const enough = Promise.withResolvers<undefined>()
  const { line, plcTarget } = await openCourse(course, clock)
  let life: JudgedLife | undefined
  let isEnding = false
  let [triggeredMs, decidedMs, faultsUnderWay] = [0, 0, 0]

  function begin(): void {
    disturbance.disturb()
    const ours = beginJudgedLife({ course, dataDir, plcTarget }, { look: async () => pictureNow(line, course) }, hear, (why) => { enough.reject(new Error(why)) })
    life = ours
    void ours.ended.then(() => { if (!isEnding) begin() })
  }

  function hear(note: JudgedNote): void {
    if (note.kind === 'closed') {
      decidedMs = note.monotonicMs
      if (faultsUnderWay === 0) disturbance.settle()
      disturbance.closed(decidedMs)
      return
    }
    onNote(note)
    if (note.name === 'fault' || note.stop !== '') void clock.sleep(operatorMs).then(() => { life?.clear() })
    if (!note.isLinked) disturbance.disturb(lossNoticedMs)
    else if (note.name === 'ready' && faultsUnderWay === 0) disturbance.settle()
  }

  async function bring({ name, afterMs, forMs }: ScheduledFault): Promise<void> {
    await clock.sleep(afterMs)
    faultsUnderWay++
    disturbance.disturb()
    onNote({ kind: 'fault', name, forMs })
    switchFault(name, true, forMs)
    await clock.sleep(forMs)
    switchFault(name, false, forMs)
    faultsUnderWay--
  }

  function switchFault(name: ScheduledFault['name'], isOn: boolean, forMs: number): void {
    if (!stationFaults.includes(name as StationFault)) line.setFault(name as LineFault, isOn)
    else if (name === 'freezeStation') life?.signal(isOn ? 'SIGSTOP' : 'SIGCONT')
    else if (isOn && name === 'killStation') life?.signal('SIGKILL')
    else if (isOn) life?.holdUp(forMs)
  }

  function watch(event: LineEvent): void {
    witness.hear(event)
    if (event.kind === 'triggered') triggeredMs = event.monotonicMs
    if ((event.kind !== 'triggered' || event.isBounce) && event.kind !== 'unseen') return
    onPart(event.part)
    if (event.part >= parts) enough.resolve(undefined)
    const scheduled = isEnding ? null : faultAt(role, seed, event.part, faultEvery)
    if (scheduled) void bring(scheduled)
  }

  async function feed(): Promise<void> {
    for (; !isEnding; await clock.sleep(2)) if (decidedMs >= triggeredMs && line.isQuiet) line.world.feedNow()
  }

  async function operate(): Promise<void> {
    for (; !isEnding; await clock.sleep(operatorRoundMs)) life?.clear()
  }

  line.onEvent(watch)
  signal.addEventListener('abort', () => { enough.resolve(undefined) }, { once: true })
  begin()
  void feed()
  void operate()
  try {
    await enough.promise
    line.world.stopFeeding()
    await clock.sleep(lastPartMs)
  } finally {
    isEnding = true
    disturbance.end()
    if (!(await life?.stop())) onNote({ kind: 'killed', why: 'the station did not end in time' })
    await line.close()
  }
  return reconcile(seed, witness, await readEvidence(dataDir))
}
