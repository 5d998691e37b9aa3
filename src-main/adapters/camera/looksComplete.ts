import { open } from 'node:fs/promises'

const headBytes = 1_024
const tailBytes = 64

/**
 * Whether the file bears the mark that its format writes last: JPEG's end-of-image marker, PNG's IEND chunk, the length that a BMP or
 * netpbm header foretells. False also where nobody can tell (TIFF, foreign bytes behind the end): then the caller waits a moment.
 */
export async function looksComplete(path: string, size: number): Promise<boolean> {
  const file = await open(path)
  try {
    const head = await readAt(file, 0, Math.min(size, headBytes))
    const tail = await readAt(file, Math.max(0, size - tailBytes), Math.min(size, tailBytes))
    return hasEnd(head, tail, size)
  } finally {
    await file.close()
  }
}

async function readAt(file: Awaited<ReturnType<typeof open>>, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function hasEnd(head: Buffer, tail: Buffer, size: number): boolean {
  if (head.length < 8) return false
  if (head[0] === 0xff && head[1] === 0xd8) return tail.lastIndexOf(Buffer.from([0xff, 0xd9])) >= 0
  if (head.readUInt32BE(0) === 0x89504e47) return tail.subarray(-8, -4).toString('latin1') === 'IEND'
  const text = head.toString('latin1')
  if (text.startsWith('BM')) return head.readUInt32LE(2) > 0 && size >= head.readUInt32LE(2)
  const netpbm = /^P([56])\s+(\d+)\s+(\d+)\s+(\d+)\s/.exec(text)
  if (!netpbm) return false
  const [kind, widthPx, heightPx, maxValue] = netpbm.slice(1).map(Number) as [number, number, number, number]
  return size >= netpbm[0].length + widthPx * heightPx * (kind === 6 ? 3 : 1) * (maxValue > 255 ? 2 : 1)
}
