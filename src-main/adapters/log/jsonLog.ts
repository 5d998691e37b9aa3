import type { Writable } from 'node:stream'
import type { ClockPort } from '../../ports/clock.ts'
import type { LogFields, LogPort } from '../../ports/log.ts'

type Level = 'info' | 'warn' | 'error'

/** What a reader that has stopped reading may hold of our memory. */
const waitingBytesLimit = 1024 * 1024

/**
 * One JSON object a line (`time`, `level`, `message`, then the fields), to stderr or a file stream. A sink that is slow or gone
 * costs lines, never the line's time: what was dropped is counted and said as soon as there is room.
 */
export function jsonLog(sink: Writable, clock: Pick<ClockPort, 'wallTime'>): LogPort {
  let dropped = 0
  sink.on('error', () => { dropped += 1 })
  const write = (level: Level, message: string, fields: LogFields): void => {
    if (sink.destroyed || sink.writableLength > waitingBytesLimit) {
      dropped += 1
      return
    }
    const lost = dropped > 0 ? { linesDropped: dropped } : {}
    dropped = 0
    sink.write(lineOf({ time: clock.wallTime(), level, message, ...lost, ...fields }))
  }
  return {
    info: (message, fields = {}) => { write('info', message, fields) },
    warn: (message, fields = {}) => { write('warn', message, fields) },
    error: (message, fields = {}) => { write('error', message, fields) },
  }
}

function lineOf(entry: Record<string, unknown>): string {
  try {
    return `${JSON.stringify(entry, sayable)}\n`
  } catch (error) {
    const { time, level, message } = entry
    return `${JSON.stringify({ time, level, message, unsayable: String(error) })}\n`
  }
}

function sayable(_key: string, value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack }
  if (typeof value === 'bigint') return value.toString()
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
  return value
}
