import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../src-main/cli.ts', import.meta.url))

export interface CliRun {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<number | null>
}

/** `stationmaster …` from its sources, in a process of its own. */
export function startCli(...args: readonly string[]): CliRun {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, stdout: () => stdout, stderr: () => stderr, ended }
}

export async function runCli(...args: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const run = startCli(...args)
  const code = await run.ended
  return { code, stdout: run.stdout(), stderr: run.stderr() }
}

/** JSON lines; a line that a kill cut short is left out. */
export const jsonLines = <T>(text: string): readonly T[] =>
  text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as T)
