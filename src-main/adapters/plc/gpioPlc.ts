import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fault, type Fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { coilPlc } from './coilPlc.ts'
import type { CoilLink, CoilReply, CoilRequest } from './coilLink.ts'
import { gpioTools, type GpioTools } from './gpioTools.ts'
import type { GpioTarget } from './plcTarget.ts'

/** Looking costs nothing: levels are kept as the edges come. */
const scanMs = 2

/**
 * GPIO lines of this computer through the tools of libgpiod: coil and input numbers are line offsets. Untested on hardware. Each output
 * is held by a process of its own and let go for a moment while that changes it; what is read back is which process lives, not the pin.
 */
export const gpioPlc = (target: GpioTarget, clock: ClockPort, pulseClock = clock): PlcPort => coilPlc(gpioLink(target), clock, { pulseClock })

function gpioLink({ chip, inputs }: GpioTarget): CoilLink {
  const name = `gpio://${chip}`
  const lostListeners = new Set<(reason: Fault) => void>()
  const held = new Map<number, { readonly child: ChildProcess; readonly isOn: boolean }>()
  const levels = new Map<number, boolean>()
  let tools: GpioTools | undefined
  let monitor: ChildProcess | undefined

  const unreachable = (error: unknown): Fault => fault('plc/unreachable', `${name}: ${error instanceof Error ? error.message : String(error)}`)

  function drop(reason: Fault): void {
    if (!tools) return
    tools = undefined
    monitor?.kill()
    for (const { child } of held.values()) child.kill()
    held.clear()
    for (const listener of lostListeners) listener(reason)
  }

  /** A line that nobody holds is at the mercy of its driver. */
  function dropWhenGone(child: ChildProcess, isOurs: () => boolean): void {
    child.once('exit', () => { if (isOurs()) drop(fault('plc/unreachable', `${name}: a tool of libgpiod has ended by itself`)) })
  }

  async function connect(): Promise<Result<void>> {
    if (tools) return succeed(undefined)
    try {
      const found = await gpioTools(chip)
      if (inputs.length > 0) {
        const now = await found.levels(inputs)
        inputs.forEach((line, i) => levels.set(line, now[i] === 1))
        const watching = found.monitor(inputs, (line, isOn) => levels.set(line, isOn))
        monitor = watching
        dropWhenGone(watching, () => monitor === watching)
      }
      tools = found
      return succeed(undefined)
    } catch (error) {
      return fail(unreachable(error))
    }
  }

  async function hold(from: GpioTools, line: number, isOn: boolean): Promise<readonly number[]> {
    const before = held.get(line)
    if (before?.isOn === isOn) return []
    held.delete(line)
    if (before) {
      const gone = once(before.child, 'exit')
      before.child.kill()
      await gone
    }
    const child = await from.hold(line, isOn ? 1 : 0)
    if (tools !== from) child.kill()
    held.set(line, { child, isOn })
    dropWhenGone(child, () => held.get(line)?.child === child)
    return []
  }

  async function ask(request: CoilRequest): Promise<CoilReply> {
    if (!tools) return { result: fail(fault('plc/unreachable', `there is no connection to ${name}`)) }
    try {
      if (request.kind === 'write') return { result: succeed(await hold(tools, request.coil, request.isOn)) }
    } catch (error) {
      return { result: fail(fault('plc/refused', `${name} line ${request.kind === 'write' ? request.coil : ''}: ${error instanceof Error ? error.message : String(error)}`)) }
    }
    const { space, first, count } = request
    const lines = Array.from({ length: count }, (_, i) => first + i)
    if (space === 'coil') return { result: succeed(lines.map((line) => Number(held.get(line)?.isOn ?? false))) }
    const stranger = lines.find((line) => !levels.has(line))
    if (space === 'discreteInput' && stranger !== undefined) return { result: fail(fault('plc/refused', `${name}: line ${stranger} is none of the inputs that the target names`)) }
    if (space === 'discreteInput') return { result: succeed(lines.map((line) => Number(levels.get(line)))) }
    return { result: fail(fault('plc/refused', 'GPIO has no registers')) }
  }

  return {
    name,
    isSimulated: false,
    scanMs,
    inputSpan: 1,
    get isConnected() { return tools !== undefined },
    connect,
    ask,
    drop,
    onLost: (listener) => { lostListeners.add(listener) },
  }
}
