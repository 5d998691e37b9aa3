import type { RegionToLearn } from '../../ports/learner.ts'
import { layGrid, type CellGrid } from '../cellGrid.ts'
import type { FeatureSource } from '../featureSource.ts'
import type { GraphBuilder, Value } from '../onnx/graphBuilder.ts'
import { cast, combine, concat, reshape, scale, slice, transpose } from '../onnx/operators.ts'
import { samplePlaces } from '../samplePlaces.ts'
import type { FeatureOutput, PictureSize } from './featureOutputs.ts'
import { inlineGraph, placeholder } from './inlineGraph.ts'
import type { OnnxFile } from './onnxFile.ts'

/** How a network wants its colours: (c / 255 − mean) / std for R, G and B. */
export interface Normalisation {
  readonly mean: readonly number[]
  readonly std: readonly number[]
}

/** Means and deviations of ImageNet, which torchvision's and most of timm's networks are trained with. */
export const imageNet: Normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }

export interface Backbone {
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string
  readonly file: OnnxFile
  readonly inputName: string
  /** What the network is given; a crop of another size is resized to it. */
  readonly input: PictureSize
  readonly normalisation: Normalisation
  readonly outputs: readonly FeatureOutput[]
}

/** More channels say hardly more and cost the square of their number; PaDiM takes a random choice of them as well. */
const mostChannels = 384
const choiceSeed = 1
/** Of whitened patches; as for the filter bank. */
const patchLength = 64

/** A trained network as the source of features. Its finest output lays the grid, with even sides; coarser ones are interpolated. */
export function backboneFeatures(backbone: Backbone, crop: PictureSize): FeatureSource {
  const { outputs, file, inputName } = backbone
  const all = outputs.reduce((sum, { channels }) => sum + channels, 0)
  const chosen = samplePlaces(all, mostChannels, choiceSeed)
  const finest = outputs.reduce((best, output) => (output.width * output.height > best.width * best.height ? output : best))
  const names = outputs.map(({ name }) => name)
  return {
    id: `onnx:${backbone.sha256}:${names.join(',')}`,
    responseCount: chosen.length,
    patchLength,
    channels: () => Array.from(chosen, (_, i) => Float64Array.from(chosen, (__, j) => Number(i === j))),
    gridOf: (region: RegionToLearn) => layGrid(region, evenSide(finest.width), evenSide(finest.height)),
    cropShape: () => [1, crop.heightPx, crop.widthPx, 3],
    respond(g, pixels, grid) {
      const features = g.node(placeholder, [pictureOf(g, pixels, backbone)], outputs.map(({ shape }) => ({ type: 'float', shape }) as const))
      const maps = features.map((value, i) => resize(g, mapOf(g, value, outputs[i]!), grid.height, grid.width))
      const joined = maps.length === 1 ? maps[0]! : concat(g, maps, 1)
      return chosen.length === all ? joined : chooseChannels(g, joined, chosen, grid)
    },
    finish: (model) => inlineGraph(model, file, [inputName], names),
  }
}

const evenSide = (side: number): number => Math.max(2, 2 * Math.ceil(side / 2))

/** uint8 [1, H, W, 3] → what the network takes, float [1, 3, input.heightPx, input.widthPx]. */
export function pictureOf(g: GraphBuilder, crop: Value, { input, normalisation: { mean, std } }: Pick<Backbone, 'input' | 'normalisation'>): Value {
  const colours = resize(g, cast(g, transpose(g, crop, [0, 3, 1, 2]), 'float'), input.heightPx, input.widthPx)
  const centred = combine(g, 'Sub', scale(g, colours, 1 / 255), g.floats(mean, [1, 3, 1, 1]))
  return combine(g, 'Mul', centred, g.floats(std.map((deviation) => 1 / deviation), [1, 3, 1, 1]))
}

/** [1, C, h, w], whatever the layout. */
function mapOf(g: GraphBuilder, value: Value, { layout, channels, width, height, skipped }: FeatureOutput): Value {
  if (layout === 'channelsFirst') return value
  if (layout === 'channelsLast') return transpose(g, value, [0, 3, 1, 2])
  const places = slice(g, value, 1, skipped, skipped + width * height)
  return transpose(g, reshape(g, places, [1, height, width, channels]), [0, 3, 1, 2])
}

/** Bilinear, with pixel centres where they are (`half_pixel`); the same image where the size is right. */
export function resize(g: GraphBuilder, x: Value, height: number, width: number): Value {
  const [batch, channels, fromHeight, fromWidth] = x.shape as [number, number, number, number]
  if (fromHeight === height && fromWidth === width) return x
  const shape = [batch, channels, height, width]
  return g.node('Resize', [x, nothing, nothing, g.integers(shape)], [{ type: 'float', shape }], { mode: 'linear', coordinate_transformation_mode: 'half_pixel' })[0]!
}

/** An optional input that is left out has the empty name. */
const nothing: Value = { name: '', type: 'float', shape: [] }

function chooseChannels(g: GraphBuilder, maps: Value, chosen: Uint32Array, { width, height }: CellGrid): Value {
  const rows = reshape(g, maps, [maps.shape[1]!, width * height])
  const kept = g.node('Gather', [rows, g.integers(Array.from(chosen))], [{ type: 'float', shape: [chosen.length, width * height] }], { axis: 0 })
  return reshape(g, kept[0]!, [1, chosen.length, height, width])
}

const arithmetic = ['Sub', 'Div', 'Mul', 'Add', 'BatchNormalization']
/** What leaves colours as they are. */
const passing = ['Resize', 'Cast', 'Identity', 'Pad', 'Slice']

/** Whether the file scales the picture itself before anything else: then it wants colours from 0 to 1 as they are. */
export function scalesByItself(file: OnnxFile, inputName: string): boolean {
  const users = file.graph.node.filter(({ input, op_type: operator }) => input[0] === inputName && operator !== 'Shape')
  return users.length > 0 && users.every(({ op_type: operator, output }) => arithmetic.includes(operator) || (passing.includes(operator) && scalesByItself(file, output[0]!)))
}
