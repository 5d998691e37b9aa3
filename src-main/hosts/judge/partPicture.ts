import type { OriginalImage } from '../../domain/frame.ts'
import { drawsOf } from '../../adapters/plc/conveyor/beltPlan.ts'

/** Side of the picture, and of the squares that it is made of: 64 of them carry one bit each. */
export const pictureSidePx = 32
const squarePx = 4
const squaresPerRow = pictureSidePx / squarePx

/** Grey levels of 0 and 1; neither is near an end, so that no check takes the picture for dark or clipped. */
const levels = [80, 176] as const
const partBits = 32
const defectBit = 32

/** What a picture shows: part 0 is an empty belt. */
export interface PicturedPart {
  readonly part: number
  /** To a model that is never wrong. */
  readonly looksDefective: boolean
}

/** A grey picture (P5 netpbm) that shows the number of its part and whether it looks defective; the rest is noise of its own. */
export function drawPart({ part, looksDefective }: PicturedPart, seed: number): OriginalImage {
  const noise = drawsOf(seed, part)
  const bits = Array.from({ length: squaresPerRow ** 2 }, (_, i) => (i < partBits ? (part >>> i) & 1 : i === defectBit ? Number(looksDefective) : Number(noise() < 0.5)))
  const header = Buffer.from(`P5\n${pictureSidePx} ${pictureSidePx}\n255\n`)
  const pixels = Buffer.alloc(pictureSidePx ** 2)
  for (let i = 0; i < pixels.length; i++) pixels[i] = levels[bits[squareAt(i % pictureSidePx, Math.floor(i / pictureSidePx))] as 0 | 1]
  return { bytes: new Uint8Array(Buffer.concat([header, pixels])), mediaType: 'image/x-portable-anymap' }
}

/** Reads what `drawPart` drew out of its file. */
export const readPart = ({ bytes }: Pick<OriginalImage, 'bytes'>): PicturedPart => readPixels(bytes.subarray(bytes.length - pictureSidePx ** 2), 1)

/** The same out of pixels, whatever the number of channels. */
export function readPixels(data: Uint8Array, channels: number): PicturedPart {
  const isSet = (square: number): boolean => {
    const x = (square % squaresPerRow) * squarePx + squarePx / 2
    const y = Math.floor(square / squaresPerRow) * squarePx + squarePx / 2
    return data[(y * pictureSidePx + x) * channels]! > (levels[0] + levels[1]) / 2
  }
  let part = 0
  for (let bit = 0; bit < partBits; bit++) if (isSet(bit)) part |= 1 << bit
  return { part: part >>> 0, looksDefective: isSet(defectBit) }
}

const squareAt = (x: number, y: number): number => Math.floor(y / squarePx) * squaresPerRow + Math.floor(x / squarePx)

/** The model is wrong about this share of the parts, and always about the same ones. */
export const modelErrorShare = 0.01

export function looksDefective(seed: number, part: number, isDefective: boolean): boolean {
  const isWrong = drawsOf(seed ^ 0x5bd1e995, part)() < modelErrorShare
  return isDefective !== isWrong
}
