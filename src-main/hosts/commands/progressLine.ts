import type { WriteStream } from 'node:tty'
import type { ClockPort } from '../../ports/clock.ts'

export interface Progress {
  readonly stage: string
  /** 0–1. */
  readonly done: number
  readonly etaSeconds?: number | null
}

export interface ProgressLine {
  show(progress: Progress): void
  /** Wipes a line that was drawn over, so that what follows starts clean. */
  clear(): void
}

/** A log would drown in more. */
const logEveryMs = 5_000
const drawEveryMs = 100

/** One line on stderr that is drawn over on a terminal, and a line every five seconds anywhere else. */
export function progressLine(clock: Pick<ClockPort, 'monotonicMs'>, stream: Pick<WriteStream, 'write' | 'isTTY'> = process.stderr): ProgressLine {
  const everyMs = stream.isTTY ? drawEveryMs : logEveryMs
  let lastMs = -Infinity
  return {
    show(progress) {
      const nowMs = clock.monotonicMs()
      if (nowMs - lastMs < everyMs) return
      lastMs = nowMs
      stream.write(stream.isTTY ? `\r${textOf(progress)}\u001b[K` : `${textOf(progress)}\n`)
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}

function textOf({ stage, done, etaSeconds }: Progress): string {
  const left = etaSeconds == null ? '' : `, ${Math.ceil(etaSeconds)} s left`
  return `${stage} ${Math.floor(100 * done)} %${left}`
}
