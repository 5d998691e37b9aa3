import { serveEvidence } from '../../src-main/adapters/evidence/serveEvidence.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { ownChannel } from '../../src-main/adapters/lane/channels.ts'
import type { LaneChannel } from '../../src-main/adapters/lane/lane.ts'
import { canonicalJson } from '../../src-main/records/canonicalJson.ts'

/** The evidence thread as it is, except that it dies when it is asked for totals. */
const channel = ownChannel()
const mortal: LaneChannel = {
  ...channel,
  onMessage: (listener) => {
    channel.onMessage((message) => {
      if ((message as { method?: string }).method === 'totals') throw new Error('struck down')
      listener(message)
    })
  },
}
serveEvidence(mortal, { clock: systemClock(), canonicalJson })
