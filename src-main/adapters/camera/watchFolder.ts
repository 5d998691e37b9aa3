import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { watch } from 'chokidar'
import { isImageName, type ImageFile } from './imageFile.ts'

export interface FolderWatch {
  /** Looks into the folder, or, for 'new', only if the folder's own time has moved on. Rejects when it cannot be read. */
  look(which: 'all' | 'new'): Promise<FolderListing | undefined>
  close(): Promise<void>
}

export interface FolderListing {
  /** Every image in the folder. */
  readonly names: ReadonlySet<string>
  /** All of them, or for 'new' those whose names have not been seen yet. */
  readonly files: readonly ImageFile[]
}

export interface FolderListeners {
  onFile(file: ImageFile): void
  /** Watching has trouble: from now on only `look` finds files. */
  onTrouble(error: Error): void
}

const statsAtOnce = 64

/** Watches one folder, without its sub-folders. The watcher tells at once; `look` catches what it may have missed. */
export function watchFolder(directory: string, { onFile, onTrouble }: FolderListeners): FolderWatch {
  let seen: Set<string> = new Set()
  let seenMtimeMs: number | undefined
  const watcher = watch(directory, {
    depth: 0,
    ignoreInitial: true,
    atomic: false,
    alwaysStat: true,
    ignored: (path) => path !== directory && !isImageName(basename(path)),
  })
  const tell = (path: string, stats: { isFile(): boolean; size: number; mtimeMs: number } | undefined): void => {
    if (!stats?.isFile()) return
    const name = basename(path)
    seen.add(name)
    onFile({ name, size: stats.size, mtimeMs: stats.mtimeMs })
  }
  watcher.on('add', tell).on('change', tell).on('error', (error) => { onTrouble(error as Error) })

  return {
    async look(which) {
      const { mtimeMs } = await stat(directory)
      if (which === 'new' && mtimeMs === seenMtimeMs) return undefined
      const names = (await readdir(directory)).filter(isImageName)
      const files = await statAll(directory, which === 'all' ? names : names.filter((name) => !seen.has(name)))
      seen = new Set(names)
      seenMtimeMs = mtimeMs
      return { names: seen, files }
    },
    close: () => watcher.close(),
  }
}

async function statAll(directory: string, names: readonly string[]): Promise<readonly ImageFile[]> {
  const files: ImageFile[] = []
  for (let i = 0; i < names.length; i += statsAtOnce)
    files.push(...(await Promise.all(names.slice(i, i + statsAtOnce).map((name) => statFile(directory, name)))).filter((file) => file !== undefined))
  return files
}

/** Undefined for what is no file, and for what has gone since it was listed. */
export async function statFile(directory: string, name: string): Promise<ImageFile | undefined> {
  try {
    const stats = await stat(join(directory, name))
    return stats.isFile() ? { name, size: stats.size, mtimeMs: stats.mtimeMs } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
