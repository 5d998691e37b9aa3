import { SerialPort } from 'serialport'
import { fault, type Fault } from '../../domain/fault.ts'
import type { PartId } from '../../domain/ids.ts'
import type { PartIdSource } from '../../domain/lineSettings.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { reconnectWaitMs } from './keptLink.ts'
import { partCodes, unescapeControl } from './partCodes.ts'

export interface BarcodeScanner {
  /** See `PartCodes.take`. */
  take(edgeMs: number): PartId | null
  /** Why nothing can be read; null when it can. */
  fault(): Fault | null
  close(): void
}

/**
 * A scanner on a serial line, 8 data bits, no parity, 1 stop bit. It is opened at once, and again with growing waits whenever it is
 * gone. Until `close` it answers for itself: nothing of it throws.
 */
export function barcodeScanner({ path, baud, prefix, suffix }: Extract<PartIdSource, { kind: 'barcode' }>, clock: ClockPort, onFault: () => void): BarcodeScanner {
  const codes = partCodes(unescapeControl(prefix), unescapeControl(suffix))
  const closing = new AbortController()
  let trouble: Fault | null = fault('plc/unreachable', `the barcode scanner on ${path} is being opened`)

  function note(now: Fault | null): void {
    trouble = now
    onFault()
  }

  /** Resolves with why, once the port is closed or cannot be opened. */
  function listen(): Promise<string> {
    return new Promise((resolve) => {
      const port = new SerialPort({ path, baudRate: baud, autoOpen: false })
      const close = (): void => { if (port.isOpen) port.close(() => undefined) }
      port.on('data', (bytes: Buffer) => { codes.read(bytes.toString('latin1'), clock.monotonicMs()) })
      port.on('error', (error: Error) => { resolve(error.message) })
      port.on('close', () => { resolve('it was closed') })
      closing.signal.addEventListener('abort', close, { once: true })
      port.open((error) => {
        if (error) resolve(error.message)
        else if (closing.signal.aborted) close()
        else note(null)
      })
    })
  }

  async function keepListening(): Promise<void> {
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      const why = await listen()
      if (closing.signal.aborted) return
      if (!trouble) attempt = 0
      note(fault('plc/unreachable', `the barcode scanner on ${path} cannot be read: ${why}`))
      await clock.sleep(reconnectWaitMs(attempt, 0), closing.signal)
    }
  }

  void keepListening()
  return { take: codes.take, fault: () => trouble, close: () => { closing.abort() } }
}
