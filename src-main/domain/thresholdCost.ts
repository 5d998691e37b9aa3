import { countAbove, type KnownScores } from './thresholdTable.ts'

export interface CostModel {
  /** What a missed defect costs, in false rejects. */
  readonly costRatio: number
  /** Share of defective parts on the line, 0–1. */
  readonly defectShare: number
}

export interface CostProposal {
  readonly line: number
  /** Expected cost of a part, in false rejects. */
  readonly costPerPart: number
}

/**
 * The line with the least expected cost per part, d·ratio·misses + (1 − d)·falseRejects, over parts whose truth is known (Elkan, The
 * foundations of cost-sensitive learning, IJCAI 2001). A line may lie between any two neighbouring scores; of equally cheap gaps the
 * widest is taken, and its middle, so that neither kind of part is close. Undefined without known-bad or good parts: a cost cannot be
 * weighed when one side of it is unknown.
 */
export function proposeByCost(scores: KnownScores, cost: CostModel): CostProposal | undefined {
  const { good, bad } = scores
  if (good.length === 0 || bad.length === 0) return undefined
  const distinct = [...new Set([...good, ...bad])].sort((a, b) => a - b)
  const top = distinct.at(-1)!
  const gaps = distinct.map((from, i) => ({ from, to: distinct[i + 1] ?? from }))
  const priced = [{ from: distinct[0]! / 2, to: distinct[0]! }, ...gaps].map((gap) => {
    const line = gap.from === top ? top : (gap.from + gap.to) / 2
    return { line, width: gap.to - gap.from, costPerPart: costAt(line, scores, cost) }
  })
  const { line, costPerPart } = priced.reduce((best, one) => (one.costPerPart < best.costPerPart || (one.costPerPart === best.costPerPart && one.width > best.width) ? one : best))
  return { line, costPerPart }
}

/** Expected cost of a part at this line, in false rejects. */
export function costAt(line: number, { good, bad }: KnownScores, { costRatio, defectShare }: CostModel): number {
  const misses = 1 - countAbove(bad, line) / bad.length
  return defectShare * costRatio * misses + ((1 - defectShare) * countAbove(good, line)) / good.length
}
