import { describe, expect, it } from 'vitest'
import { createSaver } from '../../../src-renderer/wizard/saver.ts'

type Answer = 'taken' | 'refused' | 'offline'

/** A main process whose answers and a clock whose time come when the test says so. */
function saverUnderTest(value = 'a') {
  const sent: string[] = []
  const answers: ((answer: Answer) => void)[] = []
  const timers: (() => void)[] = []
  const saver = createSaver({
    value,
    same: (a, b) => a === b,
    save: (next) => {
      sent.push(next)
      return new Promise<Answer>((resolve) => answers.push(resolve))
    },
    onChange: () => undefined,
    later: (run) => timers.push(run),
  })
  const answer = async (with_: Answer = 'taken'): Promise<void> => {
    answers.shift()!(with_)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { saver, sent, answer, passTime: () => timers.splice(0).forEach((run) => run()) }
}

describe('saving what is edited', () => {
  it('sends the first change at once and of the following only the newest', async () => {
    const { saver, sent, answer, passTime } = saverUnderTest()
    saver.change('b')
    saver.change('c')
    saver.change('d')
    expect(sent).toEqual(['b'])
    await answer()
    expect(sent).toEqual(['b'])
    passTime()
    expect(sent).toEqual(['b', 'd'])
    await answer()
    expect(saver.state).toBe('saved')
  })

  it('drops a late view that does not know the change yet', async () => {
    const { saver, answer } = saverUnderTest()
    saver.change('b')
    saver.hear('a')
    await answer()
    saver.hear('a')
    expect(saver.value).toBe('b')
  })

  it('takes what another screen changed once its own change was seen', async () => {
    const { saver, answer } = saverUnderTest()
    saver.change('b')
    await answer()
    saver.hear('b')
    saver.hear('z')
    expect(saver.value).toBe('z')
  })

  it('keeps a refused value on the screen until it is changed again', async () => {
    const { saver, answer } = saverUnderTest()
    saver.change('b')
    await answer('refused')
    expect([saver.value, saver.state]).toEqual(['b', 'refused'])
    saver.hear('a')
    expect([saver.value, saver.state]).toEqual(['b', 'refused'])
  })

  it('says that the station did not answer, and sends the change when it is heard of again', async () => {
    const { saver, sent, answer, passTime } = saverUnderTest()
    saver.change('b')
    await answer('offline')
    passTime()
    expect(saver.state).toBe('offline')
    saver.hear('a')
    expect(sent).toEqual(['b', 'b'])
    await answer()
    saver.hear('b')
    expect([saver.value, saver.state]).toEqual(['b', 'saved'])
  })
})
