import { GraphBuilder, type Value } from '../onnx/graphBuilder.ts'
import { largest, reshape } from '../onnx/operators.ts'
import type { AnomalyOutputs } from './anomalyOutputs.ts'
import { pictureOf, resize, type Normalisation } from './backboneFeatures.ts'
import type { PictureSize } from './featureOutputs.ts'
import { inlineGraph, placeholder } from './inlineGraph.ts'
import type { OnnxFile } from './onnxFile.ts'

export interface AnomalyModelParts {
  readonly file: OnnxFile
  readonly inputName: string
  readonly input: PictureSize
  readonly normalisation: Normalisation
  readonly outputs: AnomalyOutputs
  readonly crop: PictureSize
  readonly metadata: Readonly<Record<string, string>>
}

export interface SealedAnomalyModel {
  readonly bytes: Uint8Array
  readonly mapWidth: number
  readonly mapHeight: number
}

/** A map with more cells a side says no more, and would be stored with every part. */
const mostCells = 64
const embeddingSide = 8
const hottestCells = 5

/**
 * An exported anomaly model in the form of a sealed one. The score is the export's own, to the last bit that resizing the crop leaves;
 * `heatmap` is its map, of each square of cells the hottest where it is finer than 64 a side; `embedding` the map at 8×8.
 */
export function sealAnomalyModel({ file, inputName, input, normalisation, outputs, crop, metadata }: AnomalyModelParts): SealedAnomalyModel {
  const { score, map, mapWidth, mapHeight } = outputs
  const g = new GraphBuilder('stationmaster-imported')
  const picture = pictureOf(g, g.input('crop', 'uint8', [1, crop.heightPx, crop.widthPx, 3]), { input, normalisation })
  const taken = score ? [map, score] : [map]
  const [givenMap, givenScore] = g.node(placeholder, [picture], taken.map(({ shape }) => ({ type: 'float', shape }) as const))
  const cells = reshape(g, givenMap!, [1, 1, mapHeight, mapWidth])
  const heat = coarsened(g, cells, mapWidth, mapHeight)
  const [, , height, width] = heat.shape as [number, number, number, number]
  g.output('score', givenScore ? reshape(g, givenScore, [1]) : hottest(g, cells, 1).values)
  g.output('heatmap', heat)
  g.output('embedding', reshape(g, resize(g, cells, embeddingSide, embeddingSide), [1, embeddingSide ** 2]))
  g.output('nearest', reshape(g, hottest(g, heat, hottestCells).places, [1, hottestCells]))
  return { bytes: inlineGraph(g.build(metadata), file, [inputName], taken.map(({ name }) => name)), mapWidth: width, mapHeight: height }
}

const hottest = (g: GraphBuilder, map: Value, count: number): ReturnType<typeof largest> => largest(g, reshape(g, map, [map.shape[2]! * map.shape[3]!]), count)

/** The last row and column of squares may hang over the border; nothing is looked for there. */
function coarsened(g: GraphBuilder, map: Value, mapWidth: number, mapHeight: number): Value {
  const step = Math.ceil(Math.max(mapWidth, mapHeight) / mostCells)
  if (step === 1) return map
  const [height, width] = [Math.ceil(mapHeight / step), Math.ceil(mapWidth / step)]
  return g.node('MaxPool', [map], [{ type: 'float', shape: [1, 1, height, width] }], { kernel_shape: [step, step], strides: [step, step], ceil_mode: 1 })[0]!
}
