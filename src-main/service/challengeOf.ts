import type { ClosedInspection } from '../domain/inspection.ts'
import type { ChallengeTest } from '../domain/station.ts'

/** What became of a known part, from its record: as the tally counts it when the line is told. */
export function challengeOf({ outcome, disposition, receipt, partId, wallTime }: ClosedInspection): ChallengeTest {
  const wasAccepted = (receipt?.output ?? disposition) === 'accept'
  const wasDecided = outcome !== null && outcome !== 'pass' && receipt?.fault?.code !== 'station/late'
  return { result: wasAccepted ? 'accepted' : wasDecided ? 'found' : 'undecided', partId, wallTime }
}
