import { looksDefective } from './partPicture.ts'
import type { Evidence, RecordedPart } from './readEvidence.ts'
import type { Witness, WitnessedPart, WitnessedTrigger } from './witness.ts'

/** Something that must not be, and whom it concerns. */
export interface Gap {
  readonly what:
    | 'wrongRelease'
    | 'passNotGiven'
    | 'triggerWithoutRecord'
    | 'triggerWithTwoRecords'
    | 'recordWithoutTrigger'
    | 'unrecordedPartReleased'
    | 'pictureWithoutRecord'
    | 'pictureWrong'
    | 'countsDiffer'
    | 'plcPassWithoutRecord'
  readonly about: string
}

/** What one line did, counted from the judge's log and from the evidence; `gaps` is empty when the two agree. */
export interface Reconciliation {
  readonly counts: {
    readonly parts: number
    readonly defective: number
    readonly triggers: number
    readonly records: number
    readonly pictures: number
    readonly released: number
    /** Released by their own PASS, because the model took them for good. */
    readonly modelMisses: number
    /** Good parts with a durable PASS that were rejected all the same: too late, or not believed. */
    readonly passedAndRejected: number
    /** Triggers without a record, all of them rejected: something was wrong just then, or the other end knows that the station did not take it. */
    readonly unheard: number
    readonly withoutReceipt: number
    /** How long something was wrong, or had been so shortly before. */
    readonly disturbedSeconds: number
    readonly faults: Readonly<Record<string, number>>
    readonly verdicts: Readonly<Record<string, number>>
  }
  readonly gaps: readonly Gap[]
}

/** The station takes an edge half-way between request and reply of a scan, and either side of it may have been held up. */
const edgeToleranceMs = 500

/** Holds the judge's own log against the evidence. Pure. */
export function reconcile(seed: number, witness: Witness, evidence: Evidence): Reconciliation {
  const parts = [...witness.parts.values()]
  const passes = evidence.records.filter(isPass)
  const passesByPart = Map.groupBy(passes, ({ pictured }) => pictured)
  const matched = matchEdges(witness.triggers, evidence.records)
  const unheard = witness.triggers.filter((trigger) => !matched.recordOf.has(trigger))
  const released = parts.filter(({ leftBy }) => leftBy === 'exit')
  const ownPass = ({ part, leftMs }: WitnessedPart): boolean => (passesByPart.get(part) ?? []).some(({ monotonicMs }) => monotonicMs < leftMs!)
  const isDisturbed = ({ atMs }: WitnessedTrigger): boolean => witness.disturbances.some(([fromMs, toMs]) => atMs >= fromMs && atMs <= toMs)
  const isNotTaken = ({ verdict, isShown }: WitnessedTrigger): boolean => verdict === 'noAck' || verdict === 'busy' || isShown === false
  const wasReleased = ({ part }: WitnessedTrigger): boolean => witness.parts.get(part)?.leftBy === 'exit'

  const gaps: Gap[] = [
    ...released.filter((part) => !ownPass(part)).map((part): Gap => ({ what: 'wrongRelease', about: JSON.stringify(part) })),
    ...passes.filter(({ pictured }) => !modelPasses(seed, witness, pictured)).map((row): Gap => ({ what: 'passNotGiven', about: JSON.stringify(row) })),
    ...unheard.filter((trigger) => !isDisturbed(trigger) && !isNotTaken(trigger)).map((trigger): Gap => ({ what: 'triggerWithoutRecord', about: JSON.stringify(trigger) })),
    ...unheard.filter((trigger) => wasReleased(trigger) && !trigger.isBounce && !ownPass(witness.parts.get(trigger.part)!)).map((trigger): Gap => ({ what: 'unrecordedPartReleased', about: JSON.stringify(trigger) })),
    ...matched.twice.map((row): Gap => ({ what: 'triggerWithTwoRecords', about: JSON.stringify(row) })),
    ...matched.stray.map((row): Gap => ({ what: 'recordWithoutTrigger', about: JSON.stringify(row) })),
    ...witness.triggers.filter((trigger) => trigger.verdict === 'pass' && !isPassRecord(matched.recordOf.get(trigger))).map((trigger): Gap => ({ what: 'plcPassWithoutRecord', about: JSON.stringify(trigger) })),
    ...evidence.strayPictures.map((about): Gap => ({ what: 'pictureWithoutRecord', about })),
    ...evidence.wrongPictures.map((about): Gap => ({ what: 'pictureWrong', about })),
    ...differing('rows', evidence.records.length, 'counted by the store', evidence.countedInspections),
    ...differing('rows that pass', evidence.records.filter(({ outcome }) => outcome === 'pass').length, 'counted by the store', evidence.countedPasses),
    ...differing('pictures', evidence.pictures, 'rows with a picture', evidence.records.filter(({ pictured }) => pictured !== null).length),
    ...countsOfLastBoot(witness, evidence),
  ]
  return {
    gaps,
    counts: {
      parts: parts.length,
      defective: parts.filter(({ isDefective }) => isDefective).length,
      triggers: witness.triggers.length,
      records: evidence.records.length,
      pictures: evidence.pictures,
      released: released.length,
      modelMisses: released.filter((part) => part.isDefective && ownPass(part)).length,
      passedAndRejected: parts.filter((part) => part.leftBy === 'reject' && passesByPart.has(part.part)).length,
      unheard: unheard.length,
      withoutReceipt: evidence.records.filter(({ hasReceipt }) => !hasReceipt).length,
      disturbedSeconds: Math.round(witness.disturbances.reduce((sum, [fromMs, toMs]) => sum + toMs - fromMs, 0) / 1_000),
      faults: countBy(evidence.records, ({ faultCode }) => faultCode),
      verdicts: countBy(witness.triggers, ({ verdict }) => verdict),
    },
  }
}

const isPass = ({ outcome, disposition, faultCode }: RecordedPart): boolean => outcome === 'pass' && disposition === 'accept' && faultCode === null

const isPassRecord = (record: RecordedPart | undefined): boolean => record !== undefined && isPass(record)

function modelPasses(seed: number, { parts }: Witness, pictured: number | null): boolean {
  const part = pictured === null ? undefined : parts.get(pictured)
  return part !== undefined && !looksDefective(seed, part.part, part.isDefective)
}

interface MatchedEdges {
  readonly recordOf: ReadonlyMap<WitnessedTrigger, RecordedPart>
  readonly twice: readonly RecordedPart[]
  readonly stray: readonly RecordedPart[]
}

/**
 * Each record belongs to an edge near its own that has none yet: to that of its PART_ID, of the part in its picture, and only when all
 * those are given away to the nearest of the rest.
 */
function matchEdges(triggers: readonly WitnessedTrigger[], records: readonly RecordedPart[]): MatchedEdges {
  const recordOf = new Map<WitnessedTrigger, RecordedPart>()
  const near = ({ edgeMs }: RecordedPart): readonly WitnessedTrigger[] =>
    triggers.slice(firstFrom(triggers, edgeMs - edgeToleranceMs), firstFrom(triggers, edgeMs + edgeToleranceMs))

  function giveAway(left: readonly RecordedPart[], fits: (trigger: WitnessedTrigger, record: RecordedPart) => boolean): RecordedPart[] {
    return left.filter((record) => {
      const distance = ({ atMs }: WitnessedTrigger): number => Math.abs(record.edgeMs - atMs)
      const [nearest] = near(record).filter((trigger) => !recordOf.has(trigger) && fits(trigger, record)).sort((a, b) => distance(a) - distance(b))
      if (nearest) recordOf.set(nearest, record)
      return !nearest
    })
  }

  const unnamed = giveAway(records, (trigger, { partId }) => trigger.partId === partId)
  const unseen = giveAway(unnamed, (trigger, { pictured }) => trigger.part === pictured)
  const left = giveAway(unseen, () => true)
  return { recordOf, twice: left.filter((record) => near(record).length > 0), stray: left.filter((record) => near(record).length === 0) }
}

/** Place of the first trigger at this time or later; they are in the order of time. */
function firstFrom(triggers: readonly WitnessedTrigger[], atMs: number): number {
  let [from, to] = [0, triggers.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (triggers[middle]!.atMs < atMs) from = middle + 1
    else to = middle
  }
  return from
}

/** What the PLC read last against the records of the boot that it read it from. */
function countsOfLastBoot({ counts }: Witness, { records }: Evidence): Gap[] {
  if (!counts) return []
  const ours = records.filter(({ bootId }) => bootId === records.at(-1)?.bootId)
  const { triggers, passes, rejects, noDecisions } = counts
  return [
    ...differing('triggers in the registers', triggers, 'rows of the last boot', ours.length & 0xffff),
    ...differing('triggers in the registers', triggers, 'passes, rejects and no decisions', (passes + rejects + noDecisions) & 0xffff),
  ]
}

const differing = (what: string, here: number, where: string, there: number): Gap[] =>
  here === there ? [] : [{ what: 'countsDiffer', about: `${here} ${what}, ${there} ${where}` }]

function countBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null) counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
