import { systemClock } from '../adapters/clock/systemClock.ts'
import { serveEvidence } from '../adapters/evidence/serveEvidence.ts'
import { ownChannel } from '../adapters/lane/channels.ts'
import { canonicalJson } from '../records/canonicalJson.ts'

serveEvidence(ownChannel(), { clock: systemClock(), canonicalJson })
