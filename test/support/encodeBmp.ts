/**
 * Writes an uncompressed BMP for tests, rows bottom-up unless `height` is negative. `samples` are RGB for 24 and 32 bits, else indices
 * into a palette of evenly spaced greys.
 */
export function encodeBmp(width: number, height: number, bitsPerPixel: 1 | 4 | 8 | 24 | 32, samples: Uint8Array): Uint8Array {
  const rows = Math.abs(height)
  const colours = bitsPerPixel <= 8 ? 2 ** bitsPerPixel : 0
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4
  const pixelsAt = 54 + 4 * colours
  const file = Buffer.alloc(pixelsAt + rowBytes * rows)
  file.write('BM', 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(pixelsAt, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(bitsPerPixel, 28)
  for (let i = 0; i < colours; i++) file.fill(Math.round((i * 255) / (colours - 1)), 54 + 4 * i, 57 + 4 * i)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < width; x++) {
      const row = pixelsAt + rowBytes * (height < 0 ? y : rows - 1 - y)
      const at = y * width + x
      if (colours === 0) for (let c = 0; c < 3; c++) file[row + (x * bitsPerPixel) / 8 + 2 - c] = samples[3 * at + c]!
      else file[row + Math.floor((x * bitsPerPixel) / 8)]! |= samples[at]! << (8 - bitsPerPixel - ((x * bitsPerPixel) % 8))
    }
  return file
}
