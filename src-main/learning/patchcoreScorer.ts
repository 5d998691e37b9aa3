import { anomalyScore, namedCells } from './anomalyScore.ts'
import { bankDistances } from './bankDistances.ts'
import { blockOrder } from './cellGrid.ts'
import { placeNormalised } from './gaussianDistances.ts'
import { gaussianLearner } from './gaussianLearner.ts'
import { reshape } from './onnx/operators.ts'
import { fillBank, type ImagePatches, type MemoryBank } from './patchcore.ts'
import type { Scorer, ScorerPlan } from './scorer.ts'

/**
 * A memory of normal patches. Patches are compared in the units of their places, by the Gaussians that PaDiM measures with: where parts lie
 * freely these are nearly the same everywhere, and where they do not, what varies little at a place weighs more there. The file names
 * the baseline image of each row, as one list of numbers.
 */
export function patchcoreScorer(plan: ScorerPlan, seed: number): Scorer {
  const { grid, scoring, folds } = plan
  const isVisible = blockOrder(grid).map((cell) => grid.isVisible[cell]!)
  const gaussians = gaussianLearner(plan)
  const sources: ImagePatches[] = []
  return {
    add(image, patches) {
      gaussians.add(image, patches)
      sources.push({ image, patches })
    },
    learn(withoutFold) {
      const learnt = gaussians.learn(withoutFold)
      const bank = fillBank(sources.filter(({ image }) => folds[image] !== withoutFold), learnt, isVisible, seed)
      return { numbers: { ...gaussians.numbersOf(learnt), ...bankNumbers(bank) }, metadata: { 'stationmaster.bankImages': bank.images.join(' ') } }
    },
    write(g, patches, { means, factors, bank, squares }) {
      const toBank = bankDistances(g, placeNormalised(g, patches, { means: means!, factors: factors! }), { patches: bank!, squares: squares! }, grid)
      const { score, heatmap, hottest } = anomalyScore(g, grid, scoring, () => toBank.distances)
      return { score, heatmap, nearest: reshape(g, toBank.nearestTo(hottest), [1, namedCells]) }
    },
  }
}

function bankNumbers({ rowLength, patches, images: { length: rows } }: MemoryBank): ReturnType<Scorer['learn']>['numbers'] {
  const bank = new Float32Array(patches.length)
  const squares = new Float32Array(rows)
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < rowLength; i++) {
      const value = patches[row * rowLength + i]!
      bank[i * rows + row] = value
      squares[row] = squares[row]! + value * value
    }
  return { bank: { shape: [rowLength, rows], data: bank }, squares: { shape: [1, rows], data: squares } }
}
