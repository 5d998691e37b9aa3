import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { ResultName } from '../../src-main/adapters/plc/handshake/registerMap.ts'
import type { StationStatus, TrackedPart } from '../../src-main/domain/lineSignals.ts'
import type { OutputReceipt } from '../../src-main/domain/inspection.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { orderFor, readyStatus } from './handshakeBench.ts'

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => { server.close(resolve) })
  return port
}

export interface HandshakeStation {
  /** From hearing of each part to ordering its output, ms. */
  readonly workMs: readonly number[]
  readonly receipts: readonly OutputReceipt[]
  stop(): void
}

/** A station reduced to its words: ten times a second and at each change of state, and a result for each part after `thinkMs`. */
export function speakForStation(plc: PlcPort, thinkMs: number, resultOf: (part: TrackedPart) => ResultName): HandshakeStation {
  const clock = systemClock()
  const workMs: number[] = []
  const receipts: OutputReceipt[] = []
  const speaking = new AbortController()
  let state: StationStatus['state'] = 'ready'
  const tell = (next: StationStatus['state']): void => {
    state = next
    plc.tell({ ...readyStatus, state })
  }
  const unhear = plc.onInput((input) => {
    if (input.kind === 'triggered') void inspect(input.part)
  })
  async function inspect(part: TrackedPart): Promise<void> {
    const startMs = clock.monotonicMs()
    tell('acquiring')
    await wait(thinkMs)
    workMs.push(clock.monotonicMs() - startMs)
    const driven = plc.drive({ ...orderFor(part, resultOf(part)), askedMs: clock.monotonicMs() })
    tell('ready')
    receipts.push(await driven)
  }
  void (async () => {
    for (; !speaking.signal.aborted; await clock.sleep(100, speaking.signal)) tell(state)
  })()
  return {
    workMs,
    receipts,
    stop() {
      speaking.abort()
      unhear()
    },
  }
}
