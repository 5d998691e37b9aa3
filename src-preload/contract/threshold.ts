/** What a line means for parts whose truth is known, as screens show it while it is dragged and as the station stores it. */
export { clopperPearson } from '../../src-main/domain/clopperPearson.ts'
export { proposeByCost, type CostModel, type CostProposal } from '../../src-main/domain/thresholdCost.ts'
export { ascending, countAbove, figuresAt, splitHalves, type Interval, type KnownScores, type LineFigures } from '../../src-main/domain/thresholdTable.ts'
export type { Proportion } from '../../src-main/domain/recipe.ts'
