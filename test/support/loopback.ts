import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface RunningLoopback {
  /** The printed address with its token: what a person would open. */
  readonly url: string
  readonly dataDir: string
  /** Ends it as Ctrl-C does and removes its data; gives the exit code. */
  stop(): Promise<number | null>
}

/** Starts the built loopback host (`out/main/loopback.js`) on a data folder of its own. */
export async function startLoopback(options: { readonly args?: readonly string[]; readonly dataDir?: string } = {}): Promise<RunningLoopback> {
  const ownDir = options.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'stationmaster-')) : undefined
  const dataDir = options.dataDir ?? ownDir!
  const entry = join(import.meta.dirname, '../../out/main/loopback.js')
  const host = spawn(process.execPath, [entry, '--data', dataDir, ...(options.args ?? [])], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(host, 'exit') as Promise<[number | null]>
  const url = await Promise.race([
    once(createInterface(host.stdout), 'line').then(([line]) => String(line)),
    exited.then(([code]) => { throw new Error(`the loopback host ended with ${String(code)} before it printed its address`) }),
  ])
  return {
    url,
    dataDir,
    async stop() {
      host.kill('SIGINT')
      const [code] = await exited
      if (ownDir !== undefined) await rm(ownDir, { recursive: true, force: true })
      return code
    },
  }
}
