import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What a request came to: values, or the exception's code (null where there was no answer). */
export interface PeerAnswer {
  readonly values?: readonly number[]
  readonly exception?: number | null
}

export interface PeerHandshake {
  readonly id: number
  readonly result: string
  /** From the trigger to the first image with resultValid, by the peer's clock. */
  readonly ms: number
}

export interface PymodbusClient {
  connect(port: number): Promise<boolean>
  read(functionCode: 1 | 2 | 3 | 4, address: number, count: number): Promise<PeerAnswer>
  write(address: number, values: readonly number[]): Promise<PeerAnswer>
  /** Drives so many handshakes one after the other; `trouble` says what a PLC would not have accepted. */
  handshakes(count: number, deadlineMs: number): Promise<{ readonly handshakes: readonly PeerHandshake[]; readonly trouble: readonly string[] }>
  /** Announces one part, does not acknowledge its result, and notes for so long what becomes of it; times by the machine's monotonic clock. */
  watch(ms: number): Promise<readonly { readonly atMs: number; readonly isValid: boolean; readonly result: string }[]>
  disconnect(): Promise<void>
  signal(name: NodeJS.Signals): void
  kill(): Promise<void>
}

/** Debian's pymodbus (python3-pymodbus) as the PLC of the handshake. */
export function startPymodbusClient(): PymodbusClient {
  const child = spawn('/usr/bin/python3', [fileURLToPath(new URL('./pymodbusClient.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const answers: ((event: unknown) => void)[] = []
  createInterface(child.stdout).on('line', (line) => answers.shift()?.(JSON.parse(line)))
  const ask = <T>(command: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(command)}\n`)
    return Promise.race([
      new Promise<T>((resolve) => { answers.push(resolve as (event: unknown) => void) }),
      exited.then(() => { throw new Error('pymodbus has ended; is python3-pymodbus installed?') }),
    ])
  }
  return {
    connect: async (port) => (await ask<{ connected: boolean }>({ connect: ['127.0.0.1', port] })).connected,
    read: (functionCode, address, count) => ask({ read: [functionCode, address, count] }),
    write: (address, values) => ask({ write: [address, values] }),
    handshakes: (count, deadlineMs) => ask({ handshakes: count, deadlineMs }),
    watch: async (ms) => (await ask<{ seen: Awaited<ReturnType<PymodbusClient['watch']>> }>({ watch: ms })).seen,
    async disconnect() { await ask({ close: true }) },
    signal: (name) => { child.kill(name) },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
