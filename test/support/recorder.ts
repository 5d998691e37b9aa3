import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'

export interface Recorder {
  /** Everything the program has promised so far, line by line. */
  readonly lines: readonly string[]
  /** Resolves at the first line that begins so; rejects when the program ends before. */
  said(start: string): Promise<string>
  /** kill -9, or wait for an end of its own. */
  kill(): Promise<void>
  ended(): Promise<void>
}

/** Runs a program of test/support that prints promises. */
export function startRecorder(program: 'recordParts.ts' | 'recordCarelessly.ts', args: readonly string[]): Recorder {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'close')
  const lines: string[] = []
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  let hasEnded = false
  void exit.then(() => { hasEnded = true })
  return {
    lines,
    async said(start) {
      for (;;) {
        const line = lines.find((candidate) => candidate.startsWith(start))
        if (line !== undefined) return line
        if (hasEnded) throw new Error(`the recorder ended before it said ${start}: ${lines.join(' | ')}`)
        await wait(5)
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
    async ended() {
      await exit
    },
  }
}

/** Part number and result id of every record that was promised. */
export const promised = (lines: readonly string[]): readonly { readonly n: number; readonly resultId: string }[] =>
  lines.filter((line) => line.startsWith('recorded ')).map((line) => ({ n: Number(line.split(' ')[1]), resultId: line.split(' ')[2]! }))
