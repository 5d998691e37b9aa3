import { describe, expect, it } from 'vitest'
import { progressLine } from '../../../src-main/hosts/commands/progressLine.ts'
import { fakeClock } from '../../support/fakeClock.ts'

function lineOn(isTTY: boolean) {
  const clock = fakeClock()
  const written: string[] = []
  const line = progressLine(clock, { isTTY, write: (text: string) => written.push(text) > 0 })
  return { clock, line, written }
}

describe('progressLine', () => {
  it('draws over one line on a terminal and wipes it at the end', async () => {
    const { clock, line, written } = lineOn(true)
    line.show({ stage: 'features', done: 0.129, etaSeconds: 7.2 })
    line.show({ stage: 'features', done: 0.13, etaSeconds: 7.1 })
    await clock.advance(100)
    line.show({ stage: 'whitening', done: 0.5, etaSeconds: null })
    line.clear()
    expect(written).toEqual(['\rfeatures 12 %, 8 s left\u001b[K', '\rwhitening 50 %\u001b[K', '\r\u001b[K'])
  })

  it('writes a line every five seconds to a log', async () => {
    const { clock, line, written } = lineOn(false)
    for (let second = 0; second < 12; second++) {
      line.show({ stage: 'judging', done: second / 20, etaSeconds: null })
      await clock.advance(1_000)
    }
    line.clear()
    expect(written).toEqual(['judging 0 %\n', 'judging 25 %\n', 'judging 50 %\n'])
  })

  it('reckons what is left from the pace so far where the work does not say', async () => {
    const { clock, line, written } = lineOn(true)
    await clock.advance(3_000)
    line.show({ stage: 'reading', done: 0.25 })
    expect(written).toEqual(['\rreading 25 %, 9 s left\u001b[K'])
  })
})
