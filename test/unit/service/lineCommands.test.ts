import { describe, expect, it } from 'vitest'
import type { PartId } from '../../../src-main/domain/ids.ts'
import { succeed } from '../../../src-main/domain/result.ts'
import { challengeOf } from '../../../src-main/service/challengeOf.ts'
import { LineCommands } from '../../../src-main/service/lineCommands.ts'
import { someInspection, someReceipt } from '../../support/someInspection.ts'
import { benchLine, stationBench } from '../../support/stationBench.ts'

const jon = { role: 'operator', who: 'Jon' } as const
const mara = { role: 'technician', who: 'Mara' } as const

async function runningStation() {
  const bench = stationBench(benchLine)
  await bench.run()
  const audited: (readonly [what: string, who: string, control?: string])[] = []
  const commands = new LineCommands(bench.station, async (what, who, control) => {
    audited.push(control ? [what, who, control] : [what, who])
    return succeed(null)
  })
  return Object.assign(bench, { commands, audited })
}

describe('clearing a fault', () => {
  it('that takes a technician is refused to an operator, also while the station stands still, and audited when it is done', async () => {
    const { station, clock, commands, audited } = await runningStation()
    station.reportBug(new Error('boom'))
    expect(await commands.clearFault(jon)).toMatchObject({ ok: false, fault: { code: 'request/notAllowed', detail: 'station/bug is cleared by the role technician, and this is operator' } })
    const stopped = station.stop()
    await clock.advance(100)
    await stopped
    expect(await commands.clearFault(jon)).toMatchObject({ ok: false })
    station.run()
    expect(station.state.name).toBe('fault')
    expect(await commands.clearFault(mara)).toMatchObject({ ok: true })
    await clock.advance(100)
    expect([station.state.name, audited]).toEqual(['ready', [['station.clearFault station/bug', 'Mara']]])
  })

  it('that an operator may clear is cleared by an operator', async () => {
    const bench = await runningStation()
    const { station, clock, commands } = bench
    bench.trigger(1)
    await clock.advance(100)
    bench.trigger(3)
    await clock.advance(100)
    expect(await commands.clearFault(jon)).toMatchObject({ ok: true })
    await clock.advance(100)
    expect(station.state.name).toBe('ready')
  })
})

it('control, stop request and challenge are audited with who said so', async () => {
  const bench = await runningStation()
  const { station, commands, audited } = bench
  bench.say({ kind: 'unexpectedRemoval', atMs: 0 })
  await commands.clearStopRequest(jon)
  await commands.setControl('plc', jon)
  await commands.challengeNext(jon)
  expect([station.tally.stopRequest, station.control.holder]).toEqual([null, 'plc'])
  expect(audited).toEqual([['station.clearStopRequest unexpectedRemoval', 'Jon'], ['station.setControl plc', 'Jon', 'plc'], ['station.challengeNext', 'Jon']])
})

it.each([
  ['fail', 'reject', someReceipt({ output: 'reject' }), 'found'],
  ['unsure', 'hold', someReceipt({ output: 'hold' }), 'found'],
  ['pass', 'accept', someReceipt(), 'accepted'],
  ['pass', 'reject', someReceipt({ output: 'reject' }), 'undecided'],
  [null, 'reject', someReceipt({ output: 'reject' }), 'undecided'],
  ['fail', 'reject', someReceipt({ output: 'reject', fault: { code: 'station/late', detail: '' } }), 'undecided'],
] as const)('a stored challenge part judged %s and told %s is as the tally counted it', (outcome, disposition, receipt, result) => {
  expect(challengeOf({ ...someInspection(1, { outcome, disposition }), receipt })).toEqual({ result, partId: 'part-1' as PartId, wallTime: someInspection(1).wallTime })
})
