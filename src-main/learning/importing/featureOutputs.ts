import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

/** An output of a backbone that has one vector per place of the picture, and how its numbers lie. */
export interface FeatureOutput {
  readonly name: string
  /** channelsFirst [1, C, h, w]; channelsLast [1, h, w, C]; tokens [1, skipped + h·w, C], row by row after the class and register tokens. */
  readonly layout: 'channelsFirst' | 'channelsLast' | 'tokens'
  readonly shape: readonly number[]
  readonly channels: number
  readonly width: number
  readonly height: number
  readonly skipped: number
}

export interface PictureSize {
  readonly widthPx: number
  readonly heightPx: number
}

/** Pixels per place that backbones have. */
const strides = [4, 8, 14, 16, 32]
/** A class token and up to eight registers (Darcet et al., Vision Transformers Need Registers, 2024) stand before the places. */
const mostSkipped = 9
/** With fewer there is nothing to say where, and other outputs begin to look alike. */
const leastPlaces = 16
/** What PaDiM and PatchCore look at in a network: deep enough to mean something, fine enough to say where. */
const usualStrides = [8, 14, 16]

/** Tells from the shape that a real picture gave whether an output has places; undefined for a vector, a score or a picture. */
export function spatialOutput(name: string, shape: readonly number[], picture: PictureSize): FeatureOutput | undefined {
  const [batch, a, b, c] = shape
  if (batch !== 1 || a === undefined || b === undefined) return undefined
  for (const stride of strides) {
    const [width, height] = [Math.ceil(picture.widthPx / stride), Math.ceil(picture.heightPx / stride)]
    if (width * height < leastPlaces) continue
    const found = (layout: FeatureOutput['layout'], channels: number, skipped = 0): FeatureOutput => ({ name, layout, shape, channels, width, height, skipped })
    if (c === undefined) {
      if (a >= width * height && a - width * height <= mostSkipped && shape.length === 3) return found('tokens', b, a - width * height)
      continue
    }
    if (shape.length !== 4) return undefined
    if (b === height && c === width) return found('channelsFirst', a)
    if (a === height && b === width) return found('channelsLast', c)
  }
  return undefined
}

export const strideOf = ({ width }: FeatureOutput, { widthPx }: PictureSize): number => Math.round(widthPx / width)

/**
 * The outputs to learn from: those that were asked for, else those with one place every 8 to 16 px, else all that have places.
 * Faults: request/invalid with what there is to choose from; `file` is for the message.
 */
export function chooseFeatures(spatial: readonly FeatureOutput[], wanted: readonly string[] | undefined, picture: PictureSize, file: string): Result<readonly FeatureOutput[]> {
  const choice = spatial.map((output) => `${output.name} (${output.channels} channels, ${output.width}×${output.height} places)`).join(', ')
  if (spatial.length === 0)
    return fail(fault('model/invalid', `${file}: no output has one vector per place of the picture. Export the features before the pooling, as docs/importing.md shows.`))
  if (!wanted) {
    const usual = spatial.filter((output) => usualStrides.includes(strideOf(output, picture)))
    return succeed(usual.length > 0 ? usual : spatial)
  }
  const missing = wanted.find((name) => !spatial.some((output) => output.name === name))
  if (missing !== undefined) return fail(fault('request/invalid', `${file}: ${missing} is no output with places. There are: ${choice}.`))
  return succeed(wanted.map((name) => spatial.find((output) => output.name === name)!))
}
