import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { texturedCrop } from './texturedCrops.ts'

/** Of the pictures, in px. */
export const pictureSize = { widthPx: 96, heightPx: 80 }

/** A binary netpbm (P6) of one brushed plate. */
export const plateFile = (seed: number, isScratched = false): Uint8Array => {
  const { widthPx, heightPx } = pictureSize
  return Buffer.concat([Buffer.from(`P6\n${widthPx} ${heightPx}\n255\n`), texturedCrop(seed, { ...pictureSize, isScratched })])
}

/** Files named so that a folder listing keeps their order. */
export async function writePlates(folder: string, count: number, firstSeed: number, isScratched = false): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let i = 0; i < count; i++) await writeFile(join(folder, `${nameOf(i)}.ppm`), plateFile(firstSeed + i, isScratched))
}

/** A data set in MVTec layout: 24 good to learn from; 10 good, 10 scratched with masks to judge. */
export async function writeMvtecFolder(folder: string): Promise<void> {
  await writePlates(join(folder, 'train', 'good'), 24, 1)
  await writePlates(join(folder, 'test', 'good'), 10, 101)
  await writePlates(join(folder, 'test', 'scratch'), 10, 201, true)
  const masks = join(folder, 'ground_truth', 'scratch')
  await mkdir(masks, { recursive: true })
  for (let i = 0; i < 10; i++) await writeMask(join(masks, `${nameOf(i)}_mask.png`), 201 + i)
}

const nameOf = (i: number): string => String(i).padStart(3, '0')

/** White where the scratch has changed the picture. */
async function writeMask(file: string, seed: number): Promise<void> {
  const plain = texturedCrop(seed, pictureSize)
  const scratched = texturedCrop(seed, { ...pictureSize, isScratched: true })
  const mask = Uint8Array.from({ length: plain.length / 3 }, (_, i) => (plain[3 * i] === scratched[3 * i] ? 0 : 255))
  await sharp(mask, { raw: { width: pictureSize.widthPx, height: pictureSize.heightPx, channels: 1 } }).png().toFile(file)
}
