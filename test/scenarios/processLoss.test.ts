import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { LineSettings } from '../../src-main/domain/lineSettings.ts'
import { childrenOf } from '../support/childrenOf.ts'
import { runCli, startCli, type CliRun } from '../support/cliRun.ts'
import { startPymodbus, type PymodbusServer } from '../support/pymodbusServer.ts'
import { texturedCrop } from '../support/texturedCrops.ts'

/** What the command line ships, judging a folder at an interval, while its processes are killed, stopped and held up one after the other. */
const clock = systemClock()
const size = { widthPx: 160, heightPx: 128 }
const accept = { coil: 2, delayMs: 0, pulseMs: 300 }
const reject = { coil: 3, delayMs: 0, pulseMs: 300 }
const line: LineSettings = {
  trigger: { kind: 'interval', everyMs: 400 },
  partIds: { kind: 'counter', prefix: 'part-' },
  deadlineMs: 1_000,
  stopAfter: { rejectsInARow: 1_000, noDecisionsInARow: 1_000 },
}
/** From the station's order to the write as the PLC saw it: on a busy machine the PLC waits for a core too. */
const wayToThePlcMs = 250
/** What issue 4 grants is 10 s; the figures are printed, because a machine shared with other work is slower. */
const backWithinMs = 60_000

let dir: string
let plc: PymodbusServer
let run: CliRun

const start = (): CliRun =>
  startCli('run', '--recipe', join(dir, 'line.json'), '--camera', `folder:${join(dir, 'parts')}`, '--plc', `tcp://127.0.0.1:${plc.port}`, '--data', join(dir, 'data'))

async function until(what: string, holds: () => boolean, withinMs: number): Promise<number> {
  const sinceMs = clock.monotonicMs()
  while (!holds()) {
    if (clock.monotonicMs() - sinceMs > withinMs) throw new Error(`waited ${withinMs} ms for ${what}; it said ${run.stderr().slice(-2_000)}`)
    await wait(5)
  }
  return clock.monotonicMs() - sinceMs
}

/** Pulses that were given to the end. */
const pulses = (): number => plc.writes.filter(({ isOn }) => isOn).length
const verdicts = (): number => run.stdout().match(/"verdict":"/g)?.length ?? 0

/** Two more parts with a verdict, and their pulses: the station is ready, as the line sees it. */
async function flows(withinMs: number): Promise<number> {
  const [before, judged] = [pulses(), verdicts()]
  return until('parts to flow', () => pulses() >= before + 2 && verdicts() >= judged + 2, withinMs)
}

const pidOf = (helper: string): number => childrenOf(run.child.pid!).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(helper))!

/** From now until no output is on, as the PLC saw it last. */
const allOff = (): boolean => [accept.coil, reject.coil].every((coil) => plc.writes.findLast((write) => write.coil === coil)?.isOn !== true)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stationmaster-loss-'))
  plc = await startPymodbus()
  await mkdir(join(dir, 'baseline'))
  await mkdir(join(dir, 'parts'))
  const writePng = (file: string, seed: number, isScratched: boolean): Promise<unknown> =>
    sharp(texturedCrop(seed, { ...size, isScratched }), { raw: { width: size.widthPx, height: size.heightPx, channels: 3 } }).png().toFile(file)
  for (let i = 0; i < 30; i++) await writePng(join(dir, 'baseline', `${i}.png`), i, false)
  for (let i = 0; i < 400; i++) await writePng(join(dir, 'parts', `${String(i).padStart(3, '0')}.png`), 1_000 + i, i % 5 === 0)
  const enrolled = await runCli('enrol', '--baseline', join(dir, 'baseline'), '--out', join(dir, 'recipe.json'), '--size', '128')
  expect(enrolled.stderr + enrolled.code).toMatch(/0$/)
  const recipe = JSON.parse(await readFile(join(dir, 'recipe.json'), 'utf8')) as object
  await writeFile(join(dir, 'line.json'), JSON.stringify({ ...recipe, outputs: { accept, reject }, line }))
}, 240_000)

afterAll(async () => {
  run.child.kill('SIGKILL')
  await plc.kill()
  await rm(dir, { recursive: true, force: true })
})

test('whatever process is killed, stopped or held up: outputs off, judging again, and no accept after its deadline', async () => {
  run = start()
  console.log(`start: parts flow after ${(await flows(backWithinMs)).toFixed(0)} ms`)

  for (const helper of ['inferenceProcess', 'outputsProcess'])
    for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
      const pid = pidOf(helper)
      process.kill(pid, signal)
      console.log(`${signal} of ${helper}: judging again after ${(await flows(backWithinMs)).toFixed(0)} ms`)
      expect(pidOf(helper)).not.toBe(pid)
    }

  for (const pid of [pidOf('inferenceProcess'), pidOf('outputsProcess'), run.child.pid!]) {
    const name = pid === run.child.pid ? 'main' : readFileSync(`/proc/${pid}/cmdline`, 'utf8').match(/(\w+)Process/)?.[1]
    await until('a pulse', () => !allOff(), 10_000)
    process.kill(pid, 'SIGSTOP')
    const offMs = await until('outputs off', allOff, 5_000)
    await wait(Math.max(0, 2_000 - offMs))
    if (name === 'main' || pid === pidOf(`${name}Process`)) process.kill(pid, 'SIGCONT')
    console.log(`${name} held up for 2 s: outputs off after ${offMs.toFixed(0)} ms, judging again ${(await flows(backWithinMs)).toFixed(0)} ms after`)
  }

  await until('a pulse', () => !allOff(), 10_000)
  run.child.kill('SIGKILL')
  const offMs = await until('outputs off', allOff, 5_000)
  await run.ended
  run = start()
  console.log(`SIGKILL of main: outputs off after ${offMs.toFixed(0)} ms, judging again ${(await flows(backWithinMs)).toFixed(0)} ms after its start`)
  run.child.kill('SIGINT')
  await run.ended

  const database = new Database(join(dir, 'data', 'evidence.sqlite'), { readonly: true })
  const edges = database.prepare<[], number>("SELECT record ->> '$.line.edgeMs' FROM inspections WHERE disposition = 'accept'").pluck().all()
  database.close()
  const onAtMs = plc.writes.filter(({ coil, isOn }) => coil === accept.coil && isOn).map(({ atMs }) => atMs)
  const lateness = onAtMs.map((atMs) => Math.min(...edges.filter((edgeMs) => edgeMs <= atMs).map((edgeMs) => atMs - edgeMs)))
  console.log(`${onAtMs.length} accepts, latest ${Math.max(...lateness).toFixed(0)} ms after its trigger`)
  expect(onAtMs.length).toBeGreaterThan(10)
  expect(lateness.filter((ms) => ms > line.deadlineMs + wayToThePlcMs)).toEqual([])
}, 600_000)
