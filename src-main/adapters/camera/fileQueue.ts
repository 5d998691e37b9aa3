import { compareFiles, sourceKeyOf, type ImageFile } from './imageFile.ts'

/** A file that waits for its trigger, and since when. */
export interface WaitingFile {
  readonly file: ImageFile
  readonly seenMs: number
}

export interface FileQueue {
  /** Those of `files` that were not claimed before, each as it lies there now: a rewritten file is a new one. */
  claim(files: readonly ImageFile[]): readonly ImageFile[]
  /** Takes claims back: somebody will have to find these files again. */
  disclaim(files: readonly ImageFile[]): void
  /** A file that is rewritten while it waits takes the place of its former self: only the new content can still be read. */
  add(waiting: WaitingFile): void
  /** The oldest. */
  head(): WaitingFile | undefined
  /** Takes the file out to be triggered. False when exactly this content was triggered before. */
  issue(file: ImageFile): boolean
  /** Forgets files that are no longer in the folder, so that days of files take no memory. */
  keepOnly(names: ReadonlySet<string>): void
}

export function fileQueue(): FileQueue {
  const claimed = new Map<string, string>()
  const issued = new Map<string, string>()
  const waiting = new Map<string, WaitingFile>()
  return {
    claim: (files) =>
      files.filter((file) => {
        const isNew = claimed.get(file.name) !== sourceKeyOf(file)
        claimed.set(file.name, sourceKeyOf(file))
        return isNew
      }),
    disclaim: (files) => { for (const { name } of files) claimed.delete(name) },
    add: (entry) => { waiting.set(entry.file.name, entry) },
    head() {
      let first: WaitingFile | undefined
      for (const entry of waiting.values()) if (!first || compareFiles(entry.file, first.file) < 0) first = entry
      return first
    },
    issue(file) {
      const key = sourceKeyOf(file)
      const isNew = issued.get(file.name) !== key
      waiting.delete(file.name)
      claimed.set(file.name, key)
      issued.set(file.name, key)
      return isNew
    },
    keepOnly(names) {
      for (const facts of [claimed, issued]) for (const name of facts.keys()) if (!names.has(name)) facts.delete(name)
    },
  }
}
