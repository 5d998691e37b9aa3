import { expect, it } from 'vitest'
import { latencyFigures } from '../../../src-main/service/io/latencyFigures.ts'
import { trafficLog } from '../../../src-main/service/io/trafficLog.ts'

const entry = (atMs: number) => ({ atMs, direction: 'sent', peer: 'plc', summary: 'FC01', bytes: '', trouble: null }) as const

it('gives what came after a number, oldest first, and waits for the first', async () => {
  const log = trafficLog()
  const first = log.after(0)
  log.add(entry(1))
  expect((await first).map(({ number }) => number)).toEqual([1])
  for (let i = 2; i <= 700; i++) log.add(entry(i))
  const page = await log.after(1)
  expect([page.length, page[0]!.number, page.at(-1)!.number]).toEqual([500, 2, 501])
  expect((await log.after(501)).at(-1)!.number).toBe(700)
})

it('shows what was overwritten by its number, and is no longer than it may be', async () => {
  const log = trafficLog()
  for (let i = 1; i <= 12_000; i++) log.add(entry(i))
  const [oldest] = await log.after(0)
  expect(oldest!.number).toBeGreaterThan(1)
  expect(oldest!.atMs).toBe(oldest!.number)
})

it('ends with the reader', async () => {
  const leave = new AbortController()
  const waiting = trafficLog().after(0, leave.signal)
  leave.abort()
  expect(await waiting).toEqual([])
})

it('counts latencies into bins, and takes the largest of a few for one in a thousand', () => {
  expect(latencyFigures([])).toBeNull()
  const figures = latencyFigures([...Array(99).keys(), 500].map(Number))!
  expect(figures).toMatchObject({ n: 100, p50: 49, p99: 98, p999: 500, max: 500 })
  expect(figures.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(100)
})
