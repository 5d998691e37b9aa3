import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { gpioPlc } from '../../src-main/adapters/plc/gpioPlc.ts'
import type { LineInput } from '../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { childrenOf } from '../support/childrenOf.ts'
import { openLanePlc } from '../support/plcBench.ts'
import { outputOrder } from '../support/outputOrder.ts'
import { someLine } from '../support/someLine.ts'

const reject = { coil: 3, delayMs: 20, pulseMs: 100 }
const fakeTools = fileURLToPath(new URL('../support/fakeGpio', import.meta.url))
const path = process.env['PATH']

/** Against stand-ins for the tools, which check and log their arguments: here is no GPIO, and no kernel that simulates it. */
describe.each(['1', '2'])('GPIO through the tools of libgpiod %s.x', (version) => {
  let room: string
  let plc: PlcPort

  /** `3=1`: line 3 was told to be on. */
  const sets = (): readonly string[] => readFileSync(join(room, 'sets'), 'utf8').trim().split('\n').map((line) => line.split(' ').at(-1)!)
  const holders = (): readonly number[] => readFileSync(join(room, 'sets'), 'utf8').trim().split('\n').map((line) => Number(line.split(' ')[0]))
  const isAlive = (pid: number): boolean => {
    try { return process.kill(pid, 0) } catch { return false }
  }
  const until = async (isSo: () => boolean): Promise<void> => {
    const untilMs = performance.now() + 5_000
    while (!isSo() && performance.now() < untilMs) await wait(5)
    expect(isSo()).toBe(true)
  }

  beforeEach(() => {
    room = mkdtempSync(join(tmpdir(), 'stationmaster-gpio-'))
    execFileSync('mkfifo', [join(room, 'edges')])
    Object.assign(process.env, { PATH: `${fakeTools}:${path}`, GPIO_ROOM: room, GPIO_VERSION: version })
    plc = gpioPlc({ kind: 'gpio', chip: 'gpiochip0', inputs: [7, 9] }, systemClock())
  })
  afterEach(async () => {
    await plc.close()
    process.env['PATH'] = path
    rmSync(room, { recursive: true })
  })

  it('holds every output off from the start, gives pulses, and lets nothing go before it is closed', async () => {
    expect(await plc.open({ outputs: { reject, hold: { ...reject, coil: 5 } } })).toEqual({ ok: true, value: undefined })
    expect(sets()).toEqual(['3=0', '5=0'])
    expect(await plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'agrees', fault: null })
    expect(sets()).toEqual(['3=0', '5=0', '3=1', '3=0'])
    expect(holders().filter(isAlive)).toHaveLength(2)
    await plc.close()
    await until(() => !holders().some(isAlive))
  })

  it('hears of triggers', async () => {
    const heard: LineInput[] = []
    plc.onInput((input) => { heard.push(input) })
    await plc.open({ outputs: { reject }, line: someLine({ trigger: { kind: 'input', input: 9, edge: 'rising', debounceMs: 5 } }) })
    await wait(50)
    for (let n = 0; n < 2; n++) {
      writeFileSync(join(room, 'edges'), '9 1\n')
      await wait(50)
      writeFileSync(join(room, 'edges'), `9 ${version === '1' ? 0 : 2}\n`)
      await wait(50)
    }
    await until(() => heard.length === 2)
    expect(heard.map((input) => input.kind === 'triggered' && input.part.triggerNumber)).toEqual([1, 2])
  })

  it('says of an input that the target does not name, and of a counter, that there is none', async () => {
    await plc.open({ outputs: { reject }, line: someLine({ trigger: { kind: 'input', input: 8, edge: 'rising', debounceMs: 5 } }) })
    await until(() => plc.health().status === 'failure')
    expect(plc.health().detail).toContain('line 8 is none of the inputs')
  })

  it('says what the tool says when a line is taken, and goes on when it is free', async () => {
    await plc.open({ outputs: { reject } })
    writeFileSync(join(room, 'busy'), '')
    const receipt = await plc.drive(outputOrder('reject', reject))
    expect(receipt.fault).toMatchObject({ code: 'plc/refused', detail: expect.stringContaining('resource busy') as string })
    rmSync(join(room, 'busy'))
    expect((await plc.drive(outputOrder('reject', reject))).fault).toBeNull()
  })

  it('opens everything anew, off, when a tool ends by itself', async () => {
    await plc.open({ outputs: { reject } })
    const driven = plc.drive(outputOrder('reject', { ...reject, delayMs: 0, pulseMs: 1_000 }))
    await until(() => sets().includes('3=1'))
    await wait(50)
    process.kill(holders().at(-1)!, 'SIGKILL')
    expect((await driven).fault?.code).toBe('plc/unreachable')
    await until(() => plc.health().status === 'ok')
    expect(sets().at(-1)).toBe('3=0')
  })

  it('leaves no tool behind when the outputs process is killed', async () => {
    const lane = openLanePlc('gpio://gpiochip0?inputs=7')
    await lane.open({ outputs: { reject } })
    const [outputs] = childrenOf(process.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('outputsProcess'))
    const orphan = holders().at(-1)!
    process.kill(outputs!, 'SIGKILL')
    await until(() => !isAlive(orphan))
    await until(() => holders().length > 1 && lane.health().status === 'ok')
    await lane.close()
  })
})

it('says what to install where the tools are missing', async () => {
  process.env['PATH'] = '/nowhere'
  const plc = gpioPlc({ kind: 'gpio', chip: 'gpiochip0', inputs: [] }, systemClock())
  expect(await plc.open({ outputs: { reject } })).toMatchObject({ ok: false, fault: { code: 'plc/unreachable', detail: expect.stringContaining('gpioset') as string } })
  await plc.close()
  process.env['PATH'] = path
})
