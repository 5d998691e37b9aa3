import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { backboneFeatures, imageNet, scalesByItself, type Normalisation } from '../../learning/importing/backboneFeatures.ts'
import { chooseFeatures, spatialOutput, type FeatureOutput, type PictureSize } from '../../learning/importing/featureOutputs.ts'
import type { FeatureSource } from '../../learning/featureSource.ts'
import type { RegionToLearn } from '../../ports/learner.ts'
import type { OpenedModel } from './readForeignModel.ts'

export interface BackboneWishes {
  /** Absent: the usual ones, by their stride. */
  readonly outputs?: readonly string[]
  /** Absent: ImageNet's, unless the file scales the picture by itself. */
  readonly normalisation?: Normalisation
}

export interface ChosenBackbone {
  readonly source: FeatureSource
  readonly input: PictureSize
  readonly normalisation: Normalisation
  readonly spatial: readonly FeatureOutput[]
  readonly chosen: readonly FeatureOutput[]
}

/** Real crops that a backbone is tried on. */
const probes = 3

/**
 * Runs the backbone on the region's first crops, tells which of its outputs have places, and chooses. Faults: model/invalid when it
 * cannot be run, gives NaN, other shapes from crop to crop, or the same for every crop; request/invalid for an output that is not there.
 */
export async function chooseBackbone(opened: OpenedModel, wishes: BackboneWishes, region: RegionToLearn): Promise<Result<ChosenBackbone>> {
  const { image, model, name, sha256 } = opened
  const crop = { widthPx: region.inputWidthPx, heightPx: region.inputHeightPx }
  const input = { widthPx: image.widthPx ?? crop.widthPx, heightPx: image.heightPx ?? crop.heightPx }
  const unused = model.inputs.find((other) => other.name !== image.name)
  if (unused) return fail(fault('model/invalid', `${name}: it asks for ${unused.name} beside the picture. Export it with the picture as its only input.`))
  const normalisation = wishes.normalisation ?? (scalesByItself(model.file, image.name) ? { mean: [0, 0, 0], std: [1, 1, 1] } : imageNet)
  const answers = []
  for (const pixels of region.crops.slice(0, probes)) {
    const answer = await opened.session.run({ [image.name]: { type: 'float32', shape: [1, 3, input.heightPx, input.widthPx], data: picture(pixels, crop, input, normalisation) } })
    if (!answer.ok) return answer
    answers.push(answer.value)
  }
  const [first, ...others] = answers
  const spatial = Object.entries(first ?? {}).flatMap(([output, { type, shape }]) => (type === 'float32' ? (spatialOutput(output, shape, input) ?? []) : []))
  const chosen = chooseFeatures(spatial, wishes.outputs, input, name)
  if (!chosen.ok) return chosen
  for (const output of chosen.value) {
    const data = first![output.name]!.data
    if (others.some((other) => other[output.name]!.shape.join() !== output.shape.join()))
      return fail(fault('model/invalid', `${name}: the shape of ${output.name} changes with the picture. Export it with fixed shapes.`))
    if (Array.prototype.every.call(data, (value) => value === data[0]))
      return fail(fault('model/invalid', `${name}: ${output.name} is the same everywhere in a real picture. Check that the trained weights were exported, and --mean and --std.`))
  }
  const source = backboneFeatures({ sha256, file: model.file, inputName: image.name, input, normalisation, outputs: chosen.value }, crop)
  return succeed({ source, input, normalisation, spatial, chosen: chosen.value })
}

/** A crop as the network takes it, by the nearest pixel: good enough to see what its outputs look like. */
function picture(pixels: Uint8Array, crop: PictureSize, input: PictureSize, { mean, std }: Normalisation): Float32Array {
  const places = input.widthPx * input.heightPx
  const values = new Float32Array(3 * places)
  for (let y = 0, place = 0; y < input.heightPx; y++) {
    const row = Math.floor((y * crop.heightPx) / input.heightPx) * crop.widthPx
    for (let x = 0; x < input.widthPx; x++, place++) {
      const from = 3 * (row + Math.floor((x * crop.widthPx) / input.widthPx))
      for (let channel = 0; channel < 3; channel++) values[channel * places + place] = (pixels[from + channel]! / 255 - mean[channel]!) / std[channel]!
    }
  }
  return values
}
