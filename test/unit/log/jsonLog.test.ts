import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { jsonLog } from '../../../src-main/adapters/log/jsonLog.ts'

const clock = { wallTime: () => '2026-01-01T00:00:00.000Z' }

/** Keeps what it was given; while `isStuck` it takes nothing more. */
class Sink extends Writable {
  readonly lines: string[] = []
  release: (() => void) | undefined
  isStuck = false
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.lines.push(chunk.toString())
    if (this.isStuck) this.release = () => { done() }
    else done()
  }
  entries(): Record<string, unknown>[] { return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

describe('the log', () => {
  it('writes one JSON object a line', () => {
    const sink = new Sink()
    jsonLog(sink, clock).warn('the disk\nfills', { freeBytes: 5 })
    expect(sink.lines).toEqual(['{"time":"2026-01-01T00:00:00.000Z","level":"warn","message":"the disk\\nfills","freeBytes":5}\n'])
  })

  it('takes whatever is thrown at it', () => {
    const sink = new Sink()
    const log = jsonLog(sink, clock)
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    log.error('bug', { error: new TypeError('no'), big: 5n, cells: new Uint8Array(3), nothing: undefined })
    log.error('circle', { circle })
    const [bug, round] = sink.entries()
    expect(bug).toMatchObject({ level: 'error', error: { name: 'TypeError', message: 'no' }, big: '5', cells: '3 bytes' })
    expect(round).toMatchObject({ message: 'circle', unsayable: expect.stringContaining('circular') as unknown })
  })

  it('drops lines rather than memory while nobody reads, and says how many', async () => {
    const sink = new Sink()
    const log = jsonLog(sink, clock)
    sink.isStuck = true
    for (let n = 0; n < 3000; n++) log.info('x'.repeat(1000))
    expect(sink.writableLength).toBeLessThan(1.1 * 1024 * 1024)
    sink.isStuck = false
    sink.release?.()
    await new Promise((resolve) => { setImmediate(resolve) })
    log.info('again')
    const last = sink.entries().at(-1)!
    expect(last['message']).toBe('again')
    expect(last['linesDropped']).toBeGreaterThan(1000)
    expect(Number(last['linesDropped']) + sink.lines.length - 1).toBe(3000)
  })

  it('goes on when the reader has gone', async () => {
    const sink = new Sink()
    const log = jsonLog(sink, clock)
    sink.destroy(new Error('EPIPE'))
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(() => { log.info('nobody hears') }).not.toThrow()
  })
})
