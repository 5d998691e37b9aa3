import { access, readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fault } from '../domain/fault.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { listImages } from './imageFolder.ts'

export interface TestImage {
  readonly file: string
  /** The name of the defect's folder; undefined for a good part. */
  readonly defect: string | undefined
  readonly maskFile: string | undefined
}

export interface MvtecDataset {
  readonly trainFiles: readonly string[]
  /** Good ones first, then defect by defect. */
  readonly testImages: readonly TestImage[]
}

const layout = 'A data set has train/good, test/good, test/<defect> and, for defects with masks, ground_truth/<defect>/<name>_mask.png.'

/**
 * A data set in the layout of MVTec AD (https://www.mvtec.com/company/research/datasets/mvtec-ad). Images with masks in some defects
 * and without in others are fine. Faults: request/notFound, request/invalid.
 */
export async function readMvtecDataset(folder: string): Promise<Result<MvtecDataset>> {
  const kinds = await listFolders(join(folder, 'test'))
  if (!kinds) return fail(fault((await listFolders(folder)) ? 'request/invalid' : 'request/notFound', `there is no folder ${join(folder, 'test')}. ${layout}`))
  if (!kinds.includes('good')) return fail(fault('request/invalid', `there is no folder ${join(folder, 'test', 'good')}. ${layout}`))
  const testImages: TestImage[] = []
  for (const kind of ['good', ...kinds.filter((name) => name !== 'good')]) {
    const files = await listImages(join(folder, 'test', kind))
    if (!files.ok) return files
    for (const file of files.value)
      testImages.push(kind === 'good' ? { file, defect: undefined, maskFile: undefined } : { file, defect: kind, maskFile: await maskOf(folder, kind, file) })
  }
  const train = await listImages(join(folder, 'train', 'good'))
  return succeed({ trainFiles: train.ok ? train.value : [], testImages })
}

async function maskOf(folder: string, defect: string, file: string): Promise<string | undefined> {
  const mask = join(folder, 'ground_truth', defect, `${basename(file, extname(file))}_mask.png`)
  return access(mask).then(() => mask, () => undefined)
}

/** Names of the folders directly inside, sorted; undefined when there is no such folder. */
const listFolders = (folder: string): Promise<readonly string[] | undefined> =>
  readdir(folder, { withFileTypes: true }).then(
    (entries) => entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name).sort(),
    () => undefined,
  )
