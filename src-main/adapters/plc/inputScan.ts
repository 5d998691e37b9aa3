import type { Fault } from '../../domain/fault.ts'
import type { Encoder } from '../../domain/lineSettings.ts'
import { joinWords } from '../../domain/joinWords.ts'
import type { RegisterSpace } from '../../domain/lineSignals.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CoilLink } from './coilLink.ts'
import type { LinkRequests, TimedRead } from './linkRequests.ts'

/** How long a device is left alone that has refused an address. */
const refusedPauseMs = 1_000

export interface ScanWiring {
  readonly inputs: readonly number[]
  readonly encoder: Encoder | undefined
}

export interface ScanListener {
  /** `atMs`: half-way between request and reply. */
  onInput(input: number, isOn: boolean, atMs: number): void
  onCount(count: number, atMs: number): void
}

export interface InputScan {
  /** Looks at once, and every `scanMs` until the signal is aborted. Nothing wired: never. */
  run(wiring: ScanWiring, signal: AbortSignal): Promise<void>
  /** The device does not have what is wired. */
  fault(): Fault | null
}

export interface InputScanParts {
  readonly requests: LinkRequests
  /** Waits while an output is about to be switched. */
  readonly standAside: () => Promise<void>
  readonly link: Pick<CoilLink, 'scanMs' | 'inputSpan'>
  readonly clock: ClockPort
  readonly listener: ScanListener
  /** `fault()` may have changed. */
  readonly onFault: () => void
}

/**
 * Looks at the wired inputs again and again. Each request waits for its turn as an output's does, and the next one is not asked for
 * before it is answered: an output never waits behind more than one of them.
 */
export function inputScan({ requests: { queue, read }, standAside, link: { scanMs, inputSpan }, clock, listener, onFault }: InputScanParts): InputScan {
  let refusal: Fault | null = null

  async function look(space: RegisterSpace, first: number, count: number): Promise<TimedRead> {
    await standAside()
    return queue(() => read(space, first, count))
  }

  function note(trouble: Fault | null): void {
    if (trouble?.detail === refusal?.detail) return
    refusal = trouble
    onFault()
  }

  async function lookAt(wiring: ScanWiring, signal: AbortSignal): Promise<Fault | null> {
    for (const { first, addresses } of spansOf(wiring.inputs, inputSpan)) {
      const timed = await look('discreteInput', first, addresses.at(-1)! - first + 1)
      if (signal.aborted) return null
      if (!timed.result.ok) return timed.result.fault
      for (const address of addresses) listener.onInput(address, timed.result.value[address - first] === 1, middleOf(timed))
    }
    const { encoder } = wiring
    if (!encoder) return null
    const timed = await look(encoder.space ?? 'inputRegister', encoder.register, 2)
    if (signal.aborted) return null
    if (!timed.result.ok) return timed.result.fault
    listener.onCount(joinWords(timed.result.value, encoder.wordOrder), middleOf(timed))
    return null
  }

  return {
    async run(wiring, signal) {
      if (wiring.inputs.length === 0 && !wiring.encoder) return
      for (let dueMs = clock.monotonicMs(); !signal.aborted; ) {
        const trouble = await lookAt(wiring, signal)
        if (signal.aborted) return
        note(trouble?.code === 'plc/refused' ? trouble : null)
        const nowMs = clock.monotonicMs()
        dueMs = Math.max(dueMs + scanMs, nowMs)
        await clock.sleep(refusal ? refusedPauseMs : Math.max(dueMs - nowMs, 1), signal)
      }
    },
    fault: () => refusal,
  }
}

const middleOf = ({ leftMs, answeredMs }: TimedRead): number => (leftMs + answeredMs) / 2

interface Span {
  readonly first: number
  readonly addresses: readonly number[]
}

/** Only what lies between wired inputs is asked for beside them. */
function spansOf(inputs: readonly number[], longest: number): readonly Span[] {
  const spans: { first: number; addresses: number[] }[] = []
  for (const address of [...new Set(inputs)].sort((a, b) => a - b)) {
    const span = spans.at(-1)
    if (span && address - span.first < longest) span.addresses.push(address)
    else spans.push({ first: address, addresses: [address] })
  }
  return spans
}
