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
  /** Resolves as soon as so many records have been promised. */
  promises(count: number): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

/** Runs a program of test/support that prints promises. */
export function startRecorder(program: 'recordParts.ts' | 'recordCarelessly.ts', args: readonly string[]): Recorder {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'close')
  const lines: string[] = []
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  let hasEnded = false
  void exit.then(() => { hasEnded = true })
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (hasEnded) throw new Error(`the recorder ended too soon: ${lines.join(' | ')}`)
      await wait(2)
    }
  }
  return {
    lines,
    said: (start) => until(() => lines.find((line) => line.startsWith(start))),
    promises: async (count) => { await until(() => promised(lines)[count - 1]) },
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
  }
}

/** Part number and result id of every record that was promised. */
export const promised = (lines: readonly string[]): readonly { readonly n: number; readonly resultId: string }[] =>
  lines.filter((line) => line.startsWith('recorded ')).map((line) => ({ n: Number(line.split(' ')[1]), resultId: line.split(' ')[2]! }))
