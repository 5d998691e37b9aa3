import type { PreparedLine } from './keepPreparing.ts'
import type { Line, LineMemory } from './line.ts'
import type { StationParts } from './stationParts.ts'

/** `memory` is what the line remembers while it stayed connected; otherwise parts are counted on from what the evidence has. */
export async function assembleLine(
  { active: { recipe, hash }, devices }: PreparedLine,
  { pixels, model, evidence, clock, origin }: StationParts,
  memory: LineMemory | undefined,
  ears: Pick<Line, 'blockers' | 'onPublished' | 'onTakenBack' | 'onStopNeeded' | 'onBug'>,
): Promise<Line> {
  const remembered = memory ?? { sequence: await countParts(evidence), previousFingerprint: undefined, history: {} }
  return { ...devices, recipe, recipeHash: hash, pixels, model, evidence, clock, origin, memory: remembered, ...ears }
}

async function countParts(evidence: StationParts['evidence']): Promise<number> {
  const totals = await evidence.totals()
  return totals.ok ? totals.value.inspections : 0
}
