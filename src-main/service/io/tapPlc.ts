import type { Health } from '../../domain/health.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { OutputOrder, TrackedPart } from '../../domain/lineSignals.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'

/** What is heard of a PLC that somebody else drives. Called on the part's way: it may note and must not wait. */
export interface PlcEar {
  onOpen(wiring: LineWiring): void
  onTracked(part: TrackedPart): void
  onOrder(order: OutputOrder): void
  onReceipt(order: OutputOrder, receipt: OutputReceipt): void
  onHealth(health: Health): void
  onClosed(): void
}

/** The same PLC with an ear on it: every call goes through as it came. */
export function tapPlc(plc: PlcPort, ear: PlcEar): PlcPort {
  const stopHearing = plc.onHealth((health) => { ear.onHealth(health) })
  return {
    ...plc,
    open(wiring) {
      ear.onOpen(wiring)
      return plc.open(wiring)
    },
    track(part) {
      ear.onTracked(part)
      plc.track(part)
    },
    async drive(order) {
      ear.onOrder(order)
      const receipt = await plc.drive(order)
      ear.onReceipt(order, receipt)
      return receipt
    },
    async close() {
      await plc.close()
      stopHearing()
      ear.onClosed()
    },
  }
}
