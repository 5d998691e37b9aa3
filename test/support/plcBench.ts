import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { forkLane } from '../../src-main/adapters/lane/channels.ts'
import { lanePlc } from '../../src-main/adapters/plc/lanePlc.ts'
import { modbusRtuPlc } from '../../src-main/adapters/plc/modbusRtuPlc.ts'
import { modbusTcpPlc } from '../../src-main/adapters/plc/modbusTcpPlc.ts'
import { forkOutputs, outputsLife } from '../../src-main/adapters/plc/outputsLife.ts'
import { simulatedPlc, type SimulatedPlcFault } from '../../src-main/adapters/plc/simulatedPlc.ts'
import type { RegisterSpace } from '../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { startPymodbus, type CoilWrite } from './pymodbusServer.ts'

export type PlcTrouble = 'silent' | 'refuses' | 'stuckOutput' | 'lyingReadBack' | 'slow'

/** One PLC twin with its other end in the test's hands. */
export interface PlcBench {
  readonly plc: PlcPort
  /** As the other end saw them. */
  writes(): readonly CoilWrite[]
  coil(coil: number): Promise<boolean>
  /** What the line's sensors and counters say. */
  setValue(space: Exclude<RegisterSpace, 'coil'>, address: number, value: number): Promise<void>
  misbehave(...troubles: readonly PlcTrouble[]): Promise<void>
  cutLink(): Promise<void>
  /** The link is back; the device has this coil on by then. */
  restoreLink(coilOn: number): Promise<void>
  close(): Promise<void>
}

const clock = systemClock()

const outputsProcess = new URL('../../src-main/hosts/outputsProcess.ts', import.meta.url)
const simulatedOutputs = new URL('./simulatedOutputs.ts', import.meta.url)

/** The PLC port in a process of its own, as the program opens it. */
export const openLanePlc = (target: string): PlcPort =>
  lanePlc({ start: () => forkOutputs(outputsProcess, target), isSimulated: target === 'simulated', clock })

export const modbusBench = (): Promise<PlcBench> =>
  pymodbusBench((port) => modbusTcpPlc({ kind: 'modbusTcp', host: '127.0.0.1', port, unit: 1 }, clock))

export const modbusLaneBench = (): Promise<PlcBench> => pymodbusBench((port) => openLanePlc(`tcp://127.0.0.1:${port}/1`))

async function pymodbusBench(openAt: (port: number) => PlcPort): Promise<PlcBench> {
  let server = await startPymodbus()
  const { port } = server
  const plc = openAt(port)
  return {
    plc,
    writes: () => server.writes,
    coil: (coil) => server.coil(coil),
    setValue: async (...value) => { await server.setValue(...value) },
    misbehave: (...troubles) => server.misbehave(...troubles),
    cutLink: () => server.kill(),
    async restoreLink(coilOn) {
      server = await startPymodbus(port)
      await server.setCoil(coilOn, true)
    },
    async close() {
      await plc.close()
      await server.kill()
    },
  }
}

export async function simulatedBench(): Promise<PlcBench> {
  const plc = simulatedPlc(clock)
  const writes: CoilWrite[] = []
  plc.onWrite((coil, isOn) => { writes.push({ coil, isOn, atMs: clock.monotonicMs() }) })
  const troubles = ['silent', 'refuses', 'stuckOutput', 'lyingReadBack', 'slow'] as const
  return {
    plc,
    writes: () => writes,
    coil: async (coil) => plc.isOn(coil),
    setValue: async (...value) => { plc.setValue(...value) },
    misbehave: async (...wanted) => { for (const trouble of troubles) plc.setFault(trouble, wanted.includes(trouble)) },
    cutLink: async () => { plc.setFault('unplugged', true) },
    restoreLink: async () => { plc.setFault('unplugged', false) },
    close: () => plc.close(),
  }
}

type BenchMessage = { readonly bench: 'answer'; readonly isOn: boolean } | ({ readonly bench: 'write' } & CoilWrite)

export async function simulatedLaneBench(): Promise<PlcBench> {
  const child = forkLane(simulatedOutputs)
  const plc = lanePlc({ start: () => outputsLife(child), isSimulated: true, clock })
  const writes: CoilWrite[] = []
  const answers: ((isOn: boolean) => void)[] = []
  child.on('message', (message: BenchMessage) => {
    if (message.bench === 'write') writes.push(message)
    if (message.bench === 'answer') answers.shift()?.(message.isOn)
  })
  const ask = (message: object): Promise<boolean> => {
    child.send(message)
    return new Promise((resolve) => { answers.push(resolve) })
  }
  const misbehave = async (...wanted: readonly SimulatedPlcFault[]): Promise<void> => { await ask({ misbehave: wanted }) }
  return {
    plc,
    writes: () => writes,
    coil: async (coil) => (child.connected ? ask({ coil }) : writes.findLast((write) => write.coil === coil)?.isOn === true),
    setValue: async (space, address, value) => { await ask({ space, address, value }) },
    misbehave,
    cutLink: () => misbehave('unplugged'),
    restoreLink: () => misbehave(),
    async close() {
      await plc.close()
      child.kill('SIGKILL')
    },
  }
}

/** Two serial ports joined by a wire (socat). */
export async function joinSerialPorts(near: string, far: string): Promise<ChildProcess> {
  const socat = spawn('socat', [near, far].map((link) => `pty,raw,echo=0,link=${link}`), { stdio: ['ignore', 'ignore', 'inherit'] })
  while (!existsSync(near) || !existsSync(far)) {
    if (socat.exitCode !== null) throw new Error('socat did not start; is it installed?')
    await wait(2)
  }
  return socat
}

export const endProcess = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

export async function modbusRtuBench(): Promise<PlcBench> {
  const directory = mkdtempSync(join(tmpdir(), 'stationmaster-rtu-'))
  const near = join(directory, 'near')
  const far = join(directory, 'far')
  let wire = await joinSerialPorts(near, far)
  let server = await startPymodbus(far)
  const plc = modbusRtuPlc({ kind: 'modbusRtu', path: near, baud: 19_200, parity: 'none', stopBits: 1, unit: 1 }, clock)
  return {
    plc,
    writes: () => server.writes,
    coil: (coil) => server.coil(coil),
    setValue: async (...value) => { await server.setValue(...value) },
    misbehave: (...troubles) => server.misbehave(...troubles),
    async cutLink() {
      await endProcess(wire)
      await server.kill()
    },
    async restoreLink(coilOn) {
      // The port comes back with its device awake: what is written before would wait in the pseudoterminal, as it never does on a wire.
      const unplugged = join(directory, 'unplugged')
      wire = await joinSerialPorts(unplugged, far)
      server = await startPymodbus(far)
      await server.setCoil(coilOn, true)
      renameSync(unplugged, near)
    },
    async close() {
      await plc.close()
      await server.kill()
      await endProcess(wire)
    },
  }
}
