import type { WriteStream } from 'node:tty'
import type { ClockPort } from '../../ports/clock.ts'
import type { ReportProgress } from '../../service/jobs.ts'

export interface ProgressLine {
  readonly show: ReportProgress
  /** Wipes a line that was drawn over, so that what follows starts clean. */
  clear(): void
}

/** A log would drown in more. */
const logEveryMs = 5_000
const drawEveryMs = 100

/** One line on stderr that is drawn over on a terminal, and a line every five seconds anywhere else. Work that knows no ETA gets one from its pace. */
export function progressLine(clock: Pick<ClockPort, 'monotonicMs'>, stream: Pick<WriteStream, 'write' | 'isTTY'> = process.stderr): ProgressLine {
  const everyMs = stream.isTTY ? drawEveryMs : logEveryMs
  const startedMs = clock.monotonicMs()
  let lastMs = -Infinity
  return {
    show({ stage, done, etaSeconds }) {
      const nowMs = clock.monotonicMs()
      if (nowMs - lastMs < everyMs) return
      lastMs = nowMs
      const paced = done === 0 ? null : ((nowMs - startedMs) / 1000 / done) * (1 - done)
      const text = textOf(stage, done, etaSeconds === undefined ? paced : etaSeconds)
      stream.write(stream.isTTY ? `\r${text}\u001b[K` : `${text}\n`)
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}

function textOf(stage: string, done: number, etaSeconds: number | null): string {
  const left = etaSeconds === null ? '' : `, ${Math.ceil(etaSeconds)} s left`
  return `${stage} ${Math.floor(100 * done)} %${left}`
}
