import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Reconciliation } from '../../src-main/hosts/judge/reconcile.ts'
import { runCli, type CliRun } from '../support/runCli.ts'

interface JudgedLine extends Reconciliation {
  readonly role: 'client' | 'server'
}

/** So long on the way to the ejector that a machine busy with other tests decides in time. */
const travelMs = 250
const parts = 400
let dataDir: string
let run: CliRun
let judged: readonly JudgedLine[]

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stationmaster-judged-'))
  run = await runCli(['judge-line', '--parts', String(parts), '--lines', '2', '--fault-every', '25', '--seed', '5', '--travel', String(travelMs), '--data', dataDir, '--json'])
  judged = (JSON.parse(run.stdout) as { judged: readonly JudgedLine[] }).judged
}, 300_000)

afterAll(() => rm(dataDir, { recursive: true, force: true }))

it('random faults on the wire, the belt and the station release no part without its own PASS, and lose no record', () => {
  console.log(run.stderr.trim().split('\n').at(-1))
  expect(judged.flatMap(({ gaps }) => gaps)).toEqual([])
  expect(run.code).toBe(0)
})

it.each(['client', 'server'] as const)('with the station as Modbus %s good parts still get through, and bad ones do not but by the model', (role) => {
  for (const { counts } of judged.filter((line) => line.role === role)) {
    expect(counts.parts).toBeGreaterThanOrEqual(parts / 4)
    expect(counts.released).toBeGreaterThan(0)
    expect(counts.modelMisses).toBeLessThan(0.02 * counts.parts)
    expect(counts.records + counts.unheard).toBe(counts.triggers)
    expect(counts.unheard).toBeLessThan(0.2 * counts.triggers)
  }
})
