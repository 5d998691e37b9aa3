import { cruise, type IReporterOutput, type ICruiseResult } from 'dependency-cruiser'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const config = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as { forbidden: { name: string; comment: string }[]; options: object }

/** For each rule, a file that breaks it. Every file that is imported exists and is empty. */
const plants: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'domain-knows-nothing': ['src-main/domain/a.ts', "import { z } from 'zod'; z"],
  'ports-know-the-domain': ['src-main/ports/a.ts', "import '../pipeline/empty.ts'"],
  'pipeline-is-pure': ['src-main/pipeline/a.ts', "import 'node:fs'"],
  'learning-is-pure': ['src-main/learning/a.ts', "import '../station/empty.ts'"],
  'station-is-pure': ['src-main/station/a.ts', "import 'node:timers'"],
  'monitoring-steers-nothing': ['src-main/monitoring/a.ts', "import '../station/empty.ts'"],
  'records-know-the-domain': ['src-main/records/a.ts', "import '../adapters/evidence/empty.ts'"],
  'pipeline-knows-ports-as-types': ['src-main/pipeline/b.ts', "import { x } from '../ports/empty.ts'; x"],
  'learning-knows-ports-as-types': ['src-main/learning/b.ts', "import { x } from '../ports/empty.ts'; x"],
  'station-knows-ports-as-types': ['src-main/station/b.ts', "import { x } from '../ports/empty.ts'; x"],
  'monitoring-knows-ports-as-types': ['src-main/monitoring/b.ts', "import { x } from '../ports/empty.ts'; x"],
  'records-knows-ports-as-types': ['src-main/records/b.ts', "import { x } from '../ports/empty.ts'; x"],
  'adapters-know-no-rooms': ['src-main/adapters/plc/a.ts', "import '../../station/empty.ts'"],
  'helpers-run-pure-rooms': ['src-main/adapters/pixels/a.ts', "import '../../station/empty.ts'"],
  'adapters-stand-alone': ['src-main/adapters/plc/b.ts', "import '../camera/empty.ts'"],
  'service-opens-nothing': ['src-main/service/a.ts', "import '../adapters/plc/empty.ts'"],
  'service-touches-no-world': ['src-main/service/b.ts', "import 'node:fs'"],
  'nobody-knows-hosts': ['src-main/service/c.ts', "import '../hosts/empty.ts'"],
  'contract-knows-the-domain': ['src-preload/contract/a.ts', "import '../../src-main/ports/empty.ts'"],
  'preload-hands-over': ['src-preload/index.ts', "import './contract/empty.ts'"],
  'renderer-asks-the-contract': ['src-renderer/a.ts', "import type { x } from '../src-main/domain/empty.ts'; export type X = x"],
  'renderer-runs-in-a-browser': ['src-renderer/b.ts', "import { os } from '@orpc/server'; os"],
  'renderer-has-no-node': ['src-renderer/c.ts', "import 'node:path'"],
  'main-knows-no-screen': ['src-main/hosts/a.ts', "import '../../src-renderer/empty.ts'"],
  'one-door-for-@opencvjs/node': ['src-main/hosts/openCv.ts', "import cv from '@opencvjs/node'; cv"],
  'one-door-for-sharp': ['src-main/hosts/b.ts', "import sharp from 'sharp'; sharp"],
  'one-door-for-onnxruntime-node': ['src-main/hosts/c.ts', "import * as ort from 'onnxruntime-node'; ort"],
  'one-door-for-serialport': ['src-main/hosts/d.ts', "import { SerialPort } from 'serialport'; SerialPort"],
  'one-door-for-modbus-serial': ['src-main/hosts/e.ts', "import M from 'modbus-serial'; M"],
  'one-door-for-better-sqlite3': ['src-main/hosts/f.ts', "import D from 'better-sqlite3'; D"],
  'one-door-for-pdfkit': ['src-main/hosts/pdf.ts', "import pdfkit from 'pdfkit'; pdfkit"],
  'one-door-for-chokidar': ['src-main/hosts/g.ts', "import { watch } from 'chokidar'; watch"],
  'one-door-for-electron': ['src-main/hosts/h.ts', "import { app } from 'electron'; app"],
  'one-door-for-fastify': ['src-main/hosts/i.ts', "import fastify from 'fastify'; fastify"],
  'no-circles': ['src-main/hosts/j.ts', "import './k.ts'"],
  'packaged-needs-dependencies': ['src-main/hosts/l.ts', "import { chromium } from 'playwright-core'; chromium"],
  'everything-resolves': ['src-main/hosts/m.ts', "import './nowhere.ts'"],
}
const rooms = ['domain', 'ports', 'pipeline', 'station', 'hosts', 'adapters/plc', 'adapters/camera', 'adapters/evidence'].map((name) => `src-main/${name}`)

let tree: string
let broken: Map<string, string[]>

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'stationmaster-rooms-'))
  const put = async (file: string, code: string): Promise<void> => {
    await mkdir(dirname(join(tree, file)), { recursive: true })
    await writeFile(join(tree, file), code)
  }
  for (const folder of [...rooms, 'src-preload/contract', 'src-renderer']) await put(`${folder}/empty.ts`, 'export const x = 1')
  for (const [file, code] of Object.values(plants)) await put(file, code)
  await put('src-main/hosts/k.ts', "import './j.ts'")
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'))
  await symlink(join(root, 'package.json'), join(tree, 'package.json'))

  const { output } = (await cruise(['src-main', 'src-preload', 'src-renderer'], { ...config.options, tsConfig: undefined, preserveSymlinks: true, baseDir: tree, validate: true, ruleSet: { forbidden: config.forbidden } } as never)) as IReporterOutput & { output: ICruiseResult }
  broken = new Map()
  for (const { rule, from } of output.summary.violations) broken.set(rule.name, [...(broken.get(rule.name) ?? []), from])
})
afterAll(() => rm(tree, { recursive: true }))

test.each(config.forbidden)('$name is caught', ({ name }) => {
  expect(plants, 'a rule that nothing here breaks may have stopped working').toHaveProperty([name])
  expect(broken.get(name)).toContain(plants[name]![0])
})

test.each(config.forbidden)('$name says why, and what to do instead', ({ comment }) => {
  expect(comment.split(' ').length).toBeGreaterThan(12)
})
