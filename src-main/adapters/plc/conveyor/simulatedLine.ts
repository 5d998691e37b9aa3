import type { ClockPort } from '../../../ports/clock.ts'
import type { BeltPlan } from './beltPlan.ts'
import { beltFaults, conveyorWorld, type BeltFault, type ConveyorWorld } from './conveyorWorld.ts'
import { linkFaults, type FaultProxy, type LinkFault } from './faultProxy.ts'
import type { LineEvent, LineFault } from './lineEvent.ts'

/** A conveyor that runs in real time and is wired to a station over Modbus TCP. */
export interface SimulatedLine {
  /** Where a station in the client role connects, or where the PLC in the client role goes. */
  readonly port: number
  readonly world: ConveyorWorld
  /** Nothing is on the way: no part between camera and eyes, no request, no handshake, no output that is on. */
  readonly isQuiet: boolean
  /** `restart` is over by itself, and so are `idGap` and `idRepeat`; the others stay until they are switched off. */
  setFault(name: LineFault, isOn: boolean): void
  onEvent(listener: (event: LineEvent) => void): void
  close(): Promise<void>
}

/** Belt and clock of a line, whichever end of the wire it is. */
export interface RunningBelt {
  readonly world: ConveyorWorld
  /** Brings the belt up to now: before anything is read from it or told to it. */
  catchUp(): void
  tell(event: LineEvent): void
  onEvent(listener: (event: LineEvent) => void): void
  stop(): void
}

/** Shorter than an eye is covered. */
const longestStepMs = 10

/** `onTick` comes after every millisecond or two of belt time. */
export function runBelt(plan: BeltPlan, clock: ClockPort, onTick: () => void = () => undefined): RunningBelt {
  const world = conveyorWorld(plan)
  const listeners = new Set<(event: LineEvent) => void>()
  const stopping = new AbortController()
  const startMs = clock.monotonicMs()
  let heldUpMs = 0

  const tell = (event: LineEvent): void => { for (const listener of listeners) listener(event) }
  /** A belt whose process was held up stands still meanwhile: nobody could have seen what it did. */
  function catchUp(): void {
    const passedMs = clock.monotonicMs() - startMs - heldUpMs - world.nowMs
    heldUpMs += Math.max(0, passedMs - longestStepMs)
    world.advance(world.nowMs + Math.min(passedMs, longestStepMs))
  }
  // When it happened on the belt, not when this process came to look.
  world.onEvent((event) => { tell({ ...event, monotonicMs: startMs + heldUpMs + event.atMs }) })

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      catchUp()
      onTick()
      await clock.sleep(1, stopping.signal)
    }
  }
  void run()

  return {
    world, catchUp, tell,
    onEvent: (listener) => { listeners.add(listener) },
    stop: () => { stopping.abort() },
  }
}

/** Faults of the link and of the belt are the same at both ends of the wire; false for one that is neither. */
export function setSharedFault({ world }: RunningBelt, proxy: FaultProxy, name: LineFault, isOn: boolean): boolean {
  if (linkFaults.includes(name as LinkFault)) proxy.setFault(name as LinkFault, isOn)
  else if (!beltFaults.includes(name as BeltFault)) return false
  else if (isOn) world.faults.add(name as BeltFault)
  else world.faults.delete(name as BeltFault)
  return true
}
