import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childrenOf } from '../support/childrenOf.ts'
import { jsonLines, runCli, startCli, type CliRun } from '../support/cliRun.ts'
import { startPymodbus } from '../support/pymodbusServer.ts'
import { texturedCrop } from '../support/texturedCrops.ts'

interface Line {
  readonly partId: string
  readonly disposition: string
  readonly fault: { code: string } | null
  readonly output: { readBack: string; fault: { code: string } | null } | null
}

const size = { widthPx: 128, heightPx: 128 }
let dir: string
let nextSeed = 5_000

const writePng = async (folder: string, name: string): Promise<void> => {
  const file = join(dir, folder, `${name}.png`)
  await sharp(texturedCrop(nextSeed++, size), { raw: { width: size.widthPx, height: size.heightPx, channels: 3 } }).png().toFile(`${file}.part`)
  await rename(`${file}.part`, file)
}

/** Feeds parts one after the other, as a line does, until `isEnough` of what came out. */
async function feed(run: CliRun, folder: string, isEnough: (lines: readonly Line[]) => boolean): Promise<readonly Line[]> {
  for (let n = 0; n < 400 && run.child.exitCode === null; n++) {
    const lines = jsonLines<Line>(run.stdout())
    if (isEnough(lines)) return lines
    await writePng(folder, `${folder}-${nextSeed}`)
    await new Promise((resolve) => { setTimeout(resolve, 40) })
  }
  throw new Error(`not enough came out:\n${run.stdout().slice(-2_000)}\n${run.stderr().slice(-2_000)}`)
}

const goodAfter = (lines: readonly Line[], count: number, more: number): boolean => lines.slice(count).filter((line) => line.fault === null).length >= more

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stationmaster-loss-'))
  await mkdir(join(dir, 'baseline'))
  for (let i = 0; i < 30; i++) await writePng('baseline', `${i}`)
  expect((await runCli('enrol', '--baseline', join(dir, 'baseline'), '--out', join(dir, 'recipe.json'), '--size', '128')).code).toBe(0)
}, 120_000)

afterAll(() => rm(dir, { recursive: true, force: true }))

const start = async (folder: string, plc: string): Promise<CliRun> => {
  await mkdir(join(dir, folder))
  return startCli('run', '--recipe', join(dir, 'recipe.json'), '--camera', `folder:${join(dir, folder)}`, '--plc', plc, '--data', join(dir, `${folder}-data`))
}

test('the inference process is killed again and again: no part of that time is accepted unjudged, and the line goes on by itself', async () => {
  const run = await start('inference', 'simulated')
  let lines = await feed(run, 'inference', (all) => goodAfter(all, 0, 3))
  for (let kills = 0; kills < 3; kills++) {
    for (const child of childrenOf(run.child.pid!)) process.kill(child, 'SIGKILL')
    const seen = lines.length
    lines = await feed(run, 'inference', (all) => goodAfter(all, seen, 3))
  }
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(0)
  const all = jsonLines<Line>(run.stdout())
  expect(all.filter((line) => line.fault && line.disposition === 'accept')).toEqual([])
  expect(new Set(all.map((line) => line.partId)).size).toBe(all.length)
}, 180_000)

test('the camera folder vanishes and returns: the station says so, and goes on by itself', async () => {
  const run = await start('folder', 'simulated')
  const before = await feed(run, 'folder', (all) => goodAfter(all, 0, 2))
  await rename(join(dir, 'folder'), join(dir, 'unplugged'))
  await expect.poll(() => run.stderr(), { timeout: 20_000 }).toContain('camera/unavailable')
  await rename(join(dir, 'unplugged'), join(dir, 'folder'))
  await feed(run, 'folder', (all) => goodAfter(all, before.length, 3))
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(0)
  const parts = jsonLines<Line>(run.stdout()).map((line) => line.partId)
  expect(new Set(parts).size).toBe(parts.length)
}, 120_000)

test('the PLC goes away and comes back: parts meanwhile are not accepted, and the station says what it waits for', async () => {
  const plc = await startPymodbus()
  const run = await start('plc', `tcp://127.0.0.1:${plc.port}`)
  const before = await feed(run, 'plc', (all) => goodAfter(all, 0, 3))
  await plc.kill()
  await expect.poll(() => run.stderr(), { timeout: 20_000 }).toContain('plc/unreachable')
  const again = await startPymodbus(plc.port)
  await feed(run, 'plc', (all) => goodAfter(all, before.length, 3))
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(0)
  await again.kill()
  const all = jsonLines<Line>(run.stdout())
  expect(all.filter((line) => line.fault && line.disposition === 'accept')).toEqual([])
}, 120_000)
