import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../../domain/fault.ts'
import type { OriginalImage } from '../../domain/frame.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { isSameFile, mediaTypeOf, type ImageFile } from './imageFile.ts'

/** No camera's picture is larger; a file beyond it is not read into memory. */
export const fileBytesLimit = 512 * 1024 ** 2

/**
 * Reads exactly the file that was seen, into shared memory. Faults: camera/lostFrame when it has gone or was rewritten since,
 * frame/tooLarge beyond `fileBytesLimit`, frame/unreadable when the system refuses it.
 */
export async function readOriginal(directory: string, file: ImageFile): Promise<Result<OriginalImage>> {
  if (file.size > fileBytesLimit)
    return fail(fault('frame/tooLarge', `${file.name} has ${file.size} bytes`, { measured: file.size, limit: fileBytesLimit }))
  try {
    const handle = await open(join(directory, file.name))
    try {
      const bytes = await readSeen(handle, file)
      return bytes
        ? succeed({ bytes, mediaType: mediaTypeOf(file.name)! })
        : fail(fault('camera/lostFrame', `${file.name} was rewritten before it could be read`))
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT'
      ? fail(fault('camera/lostFrame', `${file.name} disappeared before it could be read`))
      : fail(fault('frame/unreadable', `${file.name} cannot be read: ${message}`))
  }
}

async function readSeen(handle: FileHandle, file: ImageFile): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(new SharedArrayBuffer(file.size))
  for (let at = 0; at < file.size; ) {
    const { bytesRead } = await handle.read(bytes, at, file.size - at, at)
    if (bytesRead === 0) return undefined
    at += bytesRead
  }
  const { size, mtimeMs } = await handle.stat()
  return isSameFile(file, { name: file.name, size, mtimeMs }) ? bytes : undefined
}
