import { useState } from 'react'
import type { PartSummary } from '../client/stationClient.ts'

export interface ChosenPart {
  /** null: the newest, live. */
  readonly chosen: PartSummary | null
  choose(part: PartSummary): void
  older(): void
  newer(): void
  backToLive(): void
}

/** Which of the last parts is looked at. A chosen one stays, also when newer parts have pushed it out of the list. */
export function useChosenPart(recent: readonly PartSummary[]): ChosenPart {
  const [chosen, setChosen] = useState<PartSummary | null>(null)
  const at = chosen === null ? 0 : recent.findIndex(({ resultId }) => resultId === chosen.resultId)
  const isGone = at === -1
  return {
    chosen,
    choose: setChosen,
    older: () => setChosen((isGone ? chosen : recent[at + 1]) ?? chosen),
    newer: () => setChosen((isGone ? recent.at(-1) : recent[at - 1]) ?? null),
    backToLive: () => setChosen(null),
  }
}
