import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { PixelImage } from '../../src-main/domain/frame.ts'

/** Public sets in the MVTec layout that lie beside the repository where they may be used; never copied into it. */
const studyData = new URL('../../../shared/data/', import.meta.url)

export type StudySet = 'casting' | 'magtile'

/** Says so when a set is missing, for the tests that are then skipped. */
export function hasStudySet(set: StudySet): boolean {
  const isThere = existsSync(new URL(`${set}/train/good`, studyData))
  if (!isThere) console.warn(`SKIPPED: ../shared/data/${set} is not here, so nothing is known about real ${set} images`)
  return isThere
}

/** Grey images of a folder such as `train/good`, by name. */
export async function studyImages(set: StudySet, folder: string, count = Infinity): Promise<readonly PixelImage[]> {
  const directory = new URL(`${set}/${folder}/`, studyData)
  return Promise.all(readdirSync(directory).sort().slice(0, count).map(async (name) => {
    const { data, info } = await sharp(fileURLToPath(new URL(name, directory))).greyscale().raw().toBuffer({ resolveWithObject: true })
    return { widthPx: info.width, heightPx: info.height, channels: 1 as const, data: new Uint8Array(data) }
  }))
}
