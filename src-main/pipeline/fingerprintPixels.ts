import type { PixelImage } from '../domain/frame.ts'

/**
 * 64 bits over size and all samples, hexadecimal. Two multiplicative lanes over little-endian 32-bit words, with the finaliser of
 * MurmurHash3 (A. Appleby, public domain). It tells a repeated picture from a new one; it is no protection against anyone.
 */
export function fingerprintPixels({ data, widthPx, heightPx, channels }: PixelImage): string {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice()
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2)
  let first = 0x9747b28c ^ widthPx
  let second = 0x85ebca6b ^ heightPx
  for (let i = 0; i < words.length; i++) {
    const word = words[i]! | 0
    first = Math.imul(first ^ word, 0x01000193)
    second = Math.imul(((second << 13) | (second >>> 19)) ^ word, 0x5bd1e995)
  }
  let rest: number = channels
  for (let i = words.length << 2; i < aligned.length; i++) rest = (rest << 8) | aligned[i]!
  return hex(finish(first ^ rest)) + hex(finish(second ^ rest))
}

function finish(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

const hex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0')
