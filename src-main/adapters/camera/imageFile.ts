import { extname } from 'node:path'
import type { MediaType } from '../../domain/frame.ts'

/** A file of the watched folder as it lay there at one time; a rewritten file is another one. */
export interface ImageFile {
  readonly name: string
  readonly size: number
  readonly mtimeMs: number
}

const mediaTypes: Readonly<Record<string, MediaType>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.bmp': 'image/bmp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.pgm': 'image/x-portable-anymap',
  '.ppm': 'image/x-portable-anymap',
}

export const mediaTypeOf = (name: string): MediaType | undefined => mediaTypes[extname(name).toLowerCase()]

/** Dot files are somebody's scratch; `*.part` and anything else that is not an image falls through the extensions. */
export const isImageName = (name: string): boolean => !name.startsWith('.') && mediaTypeOf(name) !== undefined

export const partNameOf = (name: string): string => name.slice(0, -extname(name).length)

export const sourceKeyOf = ({ name, size, mtimeMs }: ImageFile): string => `folder:${name}|${size}|${mtimeMs}`

/** The inverse of `sourceKeyOf`; a name may itself contain a bar. */
export function fileOfKey(sourceKey: string): ImageFile | undefined {
  const match = /^folder:(.+)\|(\d+)\|([\d.]+)$/s.exec(sourceKey)
  return match ? { name: match[1]!, size: Number(match[2]), mtimeMs: Number(match[3]) } : undefined
}

export const isSameFile = (a: ImageFile, b: ImageFile): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs

/** Oldest first, then by name: `<` compares code units, so the order is the same in every locale. */
export const compareFiles = (a: ImageFile, b: ImageFile): number =>
  a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
