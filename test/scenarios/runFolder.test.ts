import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonLines, runCli, startCli } from '../support/cliRun.ts'
import { startPymodbus, type PymodbusServer } from '../support/pymodbusServer.ts'
import { texturedCrop } from '../support/texturedCrops.ts'

interface Line {
  readonly partId: string
  readonly verdict: string | null
  readonly disposition: string
  readonly fault: { code: string } | null
  readonly reasons: readonly string[]
  readonly image: { file: string; sha256: string } | null
  readonly isSimulated: boolean
}

const size = { widthPx: 160, heightPx: 128 }
const good = 40
const bad = 20
let dir: string
let plc: PymodbusServer

const writePng = (file: string, seed: number, isScratched = false): Promise<unknown> =>
  sharp(texturedCrop(seed, { ...size, isScratched }), { raw: { width: size.widthPx, height: size.heightPx, channels: 3 } }).png().toFile(file)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stationmaster-run-'))
  plc = await startPymodbus()
  await mkdir(join(dir, 'baseline'))
  await mkdir(join(dir, 'line'))
  for (let i = 0; i < 30; i++) await writePng(join(dir, 'baseline', `${i}.png`), i)
  for (let i = 0; i < good; i++) await writePng(join(dir, 'line', `good-${i}.png`), 1_000 + i)
  for (let i = 0; i < bad; i++) await writePng(join(dir, 'line', `bad-${i}.png`), 2_000 + i, true)
  await writeFile(join(dir, 'line', 'broken-empty.png'), '')
  await writeFile(join(dir, 'line', 'broken-text.png'), 'this is no picture')
  const enrolled = await runCli('enrol', '--baseline', join(dir, 'baseline'), '--out', join(dir, 'recipe.json'), '--size', '128')
  expect(enrolled.stderr + enrolled.code).toMatch(/0$/)
}, 120_000)

afterAll(async () => {
  await plc.kill()
  await rm(dir, { recursive: true, force: true })
})

const args = (data: string): readonly string[] => [
  'run', '--recipe', join(dir, 'recipe.json'), '--camera', `folder:${join(dir, 'line')}`, '--plc', `tcp://127.0.0.1:${plc.port}`, '--data', join(dir, data), '--until-empty',
]

const risingEdges = (since: number): number => plc.writes.slice(since).filter((write) => write.isOn).length

test('a folder becomes records, images and reject pulses, one of each a part', async () => {
  const since = plc.writes.length
  const { code, stdout, stderr } = await runCli(...args('whole'))
  expect(stderr + code).toMatch(/0$/)
  const lines = jsonLines<Line>(stdout)
  expect(new Set(lines.map((line) => line.partId)).size).toBe(good + bad + 2)
  expect(lines).toHaveLength(good + bad + 2)
  for (const { image } of lines) {
    const bytes = await readFile(join(dir, 'whole', image!.file))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image!.sha256)
  }
  expect(risingEdges(since)).toBe(lines.filter((line) => line.disposition === 'reject').length)
  expect(lines.filter((line) => line.partId.startsWith('bad') && line.disposition === 'accept')).toEqual([])
  const broken = lines.filter((line) => line.partId.startsWith('broken'))
  expect(broken.map((line) => [line.partId, line.fault?.code, line.disposition, line.verdict]).sort()).toEqual([
    ['broken-empty', 'frame/empty', 'reject', null],
    ['broken-text', 'frame/unreadable', 'reject', null],
  ])
  expect(lines.every((line) => line.reasons.length > 0 && line.reasons.every((reason) => !reason.includes('{{')))).toBe(true)
  expect(lines.some((line) => line.isSimulated)).toBe(false)
}, 120_000)

test('kill -9 in the middle and start again: nothing lost, nothing twice', async () => {
  for (let kills = 0; kills < 3; kills++) {
    const run = startCli(...args('killed'))
    const before = jsonLines(run.stdout()).length
    while (jsonLines(run.stdout()).length < before + 8 && run.child.exitCode === null) await new Promise((resolve) => { setTimeout(resolve, 10) })
    run.child.kill('SIGKILL')
    await run.ended
  }
  const last = await runCli(...args('killed'))
  expect(last.stderr + last.code).toMatch(/0$/)
  const db = new Database(join(dir, 'killed', 'evidence.sqlite'), { readonly: true })
  const rows = db.prepare('select part_id, image_file, image_sha256 from inspections').all() as { part_id: string; image_file: string; image_sha256: string }[]
  db.close()
  expect(rows.map((row) => row.part_id).sort()).toEqual([...new Set(rows.map((row) => row.part_id))].sort())
  expect(rows).toHaveLength(good + bad + 2)
  for (const row of rows) expect(createHash('sha256').update(await readFile(join(dir, 'killed', row.image_file))).digest('hex')).toBe(row.image_sha256)
  expect((await runCli(...args('killed'))).stdout).toBe('')
}, 180_000)
