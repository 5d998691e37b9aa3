import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RegisterSpace } from '../../src-main/domain/lineSignals.ts'

/** `atMs` is CLOCK_MONOTONIC, as the system clock's `monotonicMs`, taken by the peer when the write arrived. */
export interface CoilWrite {
  readonly coil: number
  readonly isOn: boolean
  readonly atMs: number
}

export type PymodbusMode = 'silent' | 'silentWrites' | 'strangeId' | 'staleId' | 'refuses' | 'stuckOutput' | 'lyingReadBack' | 'slow' | 'late' | 'garbled' | 'hangUp'

export interface PymodbusServer {
  readonly pid: number
  readonly port: number
  readonly writes: readonly CoilWrite[]
  misbehave(...modes: readonly PymodbusMode[]): Promise<void>
  /** As the coil would be set by somebody else, without a trace in `writes`. */
  setCoil(coil: number, isOn: boolean): Promise<void>
  coil(coil: number): Promise<boolean>
  /** What the line's sensors and counters say; resolves with when, monotonic ms. */
  setValue(space: Exclude<RegisterSpace, 'coil'>, address: number, value: number): Promise<number>
  /** An encoder that runs from now on, in two input registers, upper half first. */
  runBelt(register: number, countsPerS: number): Promise<void>
  signal(name: NodeJS.Signals): void
  kill(): Promise<void>
}

type Event = { listening: number } | { write: number; isOn: boolean; ns: number } | { coil: number; isOn: boolean } | { done: true; ns: number }

const functionCodes = { discreteInput: 2, holdingRegister: 3, inputRegister: 4 } as const

/**
 * Debian's pymodbus (python3-pymodbus) as Modbus TCP server on a port of 127.0.0.1, where 0 takes a free one, or as RTU server on the
 * path of a serial port. Units 1 and 7 share 64 coils, inputs and registers of each kind.
 */
export async function startPymodbus(where: number | string = 0): Promise<PymodbusServer> {
  const child = spawn('/usr/bin/python3', [fileURLToPath(new URL('./pymodbusServer.py', import.meta.url)), String(where)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const writes: CoilWrite[] = []
  const answers: ((event: Event) => void)[] = []
  const nextAnswer = (): Promise<Event> => new Promise((resolve) => { answers.push(resolve) })
  createInterface(child.stdout).on('line', (line) => {
    const event = JSON.parse(line) as Event
    if ('write' in event) writes.push({ coil: event.write, isOn: event.isOn, atMs: event.ns / 1e6 })
    else answers.shift()?.(event)
  })
  const ask = (command: object): Promise<Event> => {
    child.stdin.write(`${JSON.stringify(command)}\n`)
    return nextAnswer()
  }

  const started = await Promise.race([nextAnswer(), exited.then(() => undefined)])
  if (!started || !('listening' in started)) throw new Error('pymodbus did not start; is python3-pymodbus installed?')
  return {
    pid: child.pid!,
    port: started.listening,
    writes,
    misbehave: async (...modes) => { await ask({ misbehave: modes }) },
    setCoil: async (coil, isOn) => { await ask({ set: [coil, isOn] }) },
    coil: async (coil) => ((await ask({ get: coil })) as { isOn: boolean }).isOn,
    setValue: async (space, address, value) => ((await ask({ value: [functionCodes[space], address, value] })) as { ns: number }).ns / 1e6,
    runBelt: async (register, countsPerS) => { await ask({ belt: [register, countsPerS] }) },
    signal: (name) => { child.kill(name) },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
