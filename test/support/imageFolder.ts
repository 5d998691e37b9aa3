import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeNetpbm } from '../../src-main/pipeline/netpbm.ts'

export interface ImageFolder {
  readonly path: string
  /** Writes under another name and renames, as an acquisition node does. `ageS` sets the file's time so long back. */
  put(name: string, bytes?: Uint8Array, ageS?: number): Promise<void>
  remove(): Promise<void>
}

/** An empty folder of its own; pictures differ by their `level`. */
export async function imageFolder(): Promise<ImageFolder> {
  const path = await mkdtemp(join(tmpdir(), 'images-'))
  let level = 0
  return {
    path,
    async put(name, bytes = smallPicture(++level), ageS) {
      const part = join(path, `${name}.part`)
      await writeFile(part, bytes)
      if (ageS !== undefined) {
        const time = new Date(Date.now() - ageS * 1000)
        await utimes(part, time, time)
      }
      await rename(part, join(path, name))
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

export const smallPicture = (level: number): Uint8Array => encodeNetpbm({ widthPx: 8, heightPx: 6, channels: 1, data: new Uint8Array(48).fill(level) })
