import { rehearsedTiming } from '../../../src-main/station/commissioning/lineRehearsal.ts'
import { lineBudget } from '../../../src-main/station/lineBudget.ts'
import type { BeltFacts } from '../../../src-main/domain/lineSettings.ts'
import type { OutputLine } from '../../../src-main/domain/recipe.ts'
import type { CommissioningDraft } from '../../../src-main/station/commissioning/draft.ts'
import type { IoView } from '../../../src-preload/contract/io.ts'
import type { Handlers } from '../../support/testApplication.ts'

/** The I/O room of a draft: a quiet simulated PLC, and the product's own reckoning of time budgets. */
export function draftIo(draft: () => CommissioningDraft): Handlers {
  const view = (): IoView => ({
    plc: { target: draft().plc.target, isSimulated: true, health: { status: 'ok', detail: 'connected' }, loops: 'pulse' },
    isRunning: false, armed: null, registers: [{ space: 'coil', address: draft().plc.wiring.reject.coil, name: 'reject', value: 0, canForce: true }], registersFault: null, forced: [], parts: [],
    decisionMs: null, outputMs: null, timing: rehearsedTiming(draft()), belt: null, reject: draft().plc.wiring.reject, encoder: null, loops: null, link: null, linkStep: null, jobs: [],
  })
  const gone = (signal: AbortSignal | undefined): Promise<unknown> => new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
  return {
    'io.watch': async function* ({ signal }) {
      yield view()
      await gone(signal)
    },
    'io.traffic': async ({ signal }) => {
      await gone(signal)
      return { ok: true, value: [] }
    },
    'io.ports': () => ({ ok: true, value: { serial: [{ path: '/dev/ttyUSB0', manufacturer: 'FTDI' }], serialFault: null, interfaces: [{ name: 'eth1', address: '192.168.0.5' }] } }),
    'io.budget': ({ input }) => {
      const { belt, reject } = input as { belt: BeltFacts; reject: OutputLine }
      const { changes, ...budget } = lineBudget(belt, rehearsedTiming(draft()), reject)
      return { ok: true, value: { ...budget, changes: [...changes] } }
    },
  }
}
