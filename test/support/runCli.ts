import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src-main/cli.ts', import.meta.url))

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `stationmaster …` from the sources. `onStart` gets the running process. */
export async function runCli(args: readonly string[], onStart: (child: ChildProcess) => void = () => undefined): Promise<CliRun> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  onStart(child)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
