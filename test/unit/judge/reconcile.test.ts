import { describe, expect, it } from 'vitest'
import type { Evidence, RecordedPart } from '../../../src-main/hosts/judge/readEvidence.ts'
import { looksDefective } from '../../../src-main/hosts/judge/partPicture.ts'
import { reconcile } from '../../../src-main/hosts/judge/reconcile.ts'
import { openWitness, type Witness } from '../../../src-main/hosts/judge/witness.ts'

const seed = 1
/** Parts 1–6; the model is right about all of them. */
const defective = new Set([3])
const atMs = (part: number): number => 1_000 * part

function record(part: number, changes: Partial<RecordedPart> = {}): RecordedPart {
  const isGood = !defective.has(part)
  return {
    resultId: `result-${part}`, partId: `part-${part}`, bootId: 'boot', outcome: isGood ? 'pass' : 'fail', disposition: isGood ? 'accept' : 'reject', faultCode: null,
    monotonicMs: atMs(part) + 20, edgeMs: atMs(part) + 3, pictured: part, hasReceipt: true, ...changes,
  }
}

/** Six parts as they should go: good ones leave by the exit with a PASS of their own, part 3 is rejected. */
function wellDone(): { witness: Witness; evidence: Evidence } {
  const witness = openWitness('client')
  for (let part = 1; part <= 6; part++) {
    const isDefective = defective.has(part)
    witness.hear({ kind: 'triggered', atMs: atMs(part), monotonicMs: atMs(part), part, isDefective, triggerNumber: part, isBounce: false, encoderCount: 0 })
    witness.hear({ kind: 'shown', monotonicMs: atMs(part) + 2, triggerNumber: part })
    witness.hear({ kind: 'left', atMs: atMs(part) + 90, monotonicMs: atMs(part) + 90, part, by: isDefective ? 'reject' : 'exit' })
  }
  return { witness, evidence: evidenceOf([1, 2, 3, 4, 5, 6].map((part) => record(part))) }
}

const evidenceOf = (records: readonly RecordedPart[], changes: Partial<Evidence> = {}): Evidence => ({
  records, countedInspections: records.length, countedPasses: records.filter(({ outcome }) => outcome === 'pass').length,
  strayPictures: [], wrongPictures: [], pictures: records.filter(({ pictured }) => pictured !== null).length, ...changes,
})

const found = (witness: Witness, evidence: Evidence): readonly string[] => reconcile(seed, witness, evidence).gaps.map(({ what }) => what)

/** Six parts, of which the fifth has these records. */
const fifth = (...records: readonly RecordedPart[]): Evidence => evidenceOf([1, 2, 3, 4].map((part) => record(part)).concat(records, record(6)))

it('the parts of these tests are none that the model is wrong about', () => {
  expect([1, 2, 3, 4, 5, 6].map((part) => looksDefective(seed, part, defective.has(part)))).toEqual([false, false, true, false, false, false])
})

describe('the judge', () => {
  it('has nothing to say when everything went as it should', () => {
    const { witness, evidence } = wellDone()
    const { gaps, counts } = reconcile(seed, witness, evidence)
    expect(gaps).toEqual([])
    expect(counts).toMatchObject({ parts: 6, defective: 1, triggers: 6, records: 6, released: 5, modelMisses: 0, passedAndRejected: 0, unheard: 0 })
  })

  it.each([
    ['a part that left without any record', fifth(), ['wrongRelease', 'triggerWithoutRecord', 'unrecordedPartReleased']],
    ['a part that left with a reject', fifth(record(5, { outcome: 'fail', disposition: 'reject' })), ['wrongRelease']],
    ['a part that left with a PASS that a fault has overruled', fifth(record(5, { disposition: 'reject', faultCode: 'station/late' })), ['wrongRelease']],
    ['a part that left with the PASS of another', fifth(record(5, { pictured: 4 })), ['wrongRelease']],
    ['a part that had left before its PASS', fifth(record(5, { monotonicMs: atMs(5) + 91 })), ['wrongRelease']],
    ['a PASS for an empty belt', fifth(record(5), record(7, { pictured: 0, edgeMs: atMs(5) + 8 })), ['passNotGiven', 'triggerWithTwoRecords']],
    ['two records of one trigger', fifth(record(5), record(5, { resultId: 'again' })), ['triggerWithTwoRecords']],
    ['a record that no trigger asked for', fifth(record(5), record(7, { edgeMs: 40_000, pictured: 5 })), ['recordWithoutTrigger']],
  ] as const)('finds %s', (_, evidence, expected) => {
    expect(found(wellDone().witness, evidence)).toEqual(expected)
  })

  it('lets a trigger go unheard while something was wrong, but not its part leave by the exit', () => {
    const { witness } = wellDone()
    witness.disturb(atMs(5) - 10, atMs(5) + 10)
    expect(found(witness, fifth())).toEqual(['wrongRelease', 'unrecordedPartReleased'])
    witness.hear({ kind: 'left', atMs: atMs(5) + 90, monotonicMs: atMs(5) + 90, part: 5, by: 'reject' })
    expect(reconcile(seed, witness, fifth())).toMatchObject({ gaps: [], counts: { unheard: 1 } })
  })

  it('lets a trigger go unheard that the station never read, if its part was rejected', () => {
    const { witness } = wellDone()
    witness.hear({ kind: 'triggered', atMs: atMs(7), monotonicMs: atMs(7), part: 7, isDefective: false, triggerNumber: 7, isBounce: false, encoderCount: 0 })
    witness.hear({ kind: 'left', atMs: atMs(7) + 90, monotonicMs: atMs(7) + 90, part: 7, by: 'reject' })
    expect(found(witness, fifth(record(5)))).toEqual([])
    witness.hear({ kind: 'shown', monotonicMs: atMs(7) + 2, triggerNumber: 7 })
    expect(found(witness, fifth(record(5)))).toEqual(['triggerWithoutRecord'])
  })

  it('finds a PASS at the PLC that no record knows of', () => {
    const { witness, evidence } = wellDone()
    witness.hear({ kind: 'answered', monotonicMs: 0, part: 3, partId: 3, verdict: 'pass', afterMs: 20 })
    expect(found(witness, evidence)).toEqual(['plcPassWithoutRecord'])
  })

  it('finds counts that do not agree: of the store, of the pictures, of the registers', () => {
    const { witness, evidence } = wellDone()
    witness.hear({ kind: 'counted', monotonicMs: 0, bootId: 1, triggers: 6, passes: 5, rejects: 1, noDecisions: 1 })
    const spoilt = { ...evidence, countedInspections: 7, countedPasses: 4, pictures: 7, strayPictures: ['images/1.pnm'], wrongPictures: ['images/2.pnm'] }
    expect(found(witness, spoilt)).toEqual(['pictureWithoutRecord', 'pictureWrong', 'countsDiffer', 'countsDiffer', 'countsDiffer', 'countsDiffer'])
  })
})
