/** Three box means in a row along each axis, near enough to a Gaussian; RGB interleaved, the border is replicated. */
export function blurLevels(levels: Float32Array, widthPx: number, heightPx: number, radiusPx: number): void {
  const line = new Float32Array(Math.max(widthPx, heightPx))
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < heightPx; y++) for (let channel = 0; channel < 3; channel++) blurLine(levels, y * widthPx * 3 + channel, 3, widthPx, radiusPx, line)
    for (let x = 0; x < widthPx; x++) for (let channel = 0; channel < 3; channel++) blurLine(levels, x * 3 + channel, widthPx * 3, heightPx, radiusPx, line)
  }
}

function blurLine(levels: Float32Array, start: number, step: number, count: number, radius: number, line: Float32Array): void {
  for (let i = 0; i < count; i++) line[i] = levels[start + i * step]!
  const at = (i: number): number => line[i < 0 ? 0 : i >= count ? count - 1 : i]!
  let sum = 0
  for (let i = -radius; i <= radius; i++) sum += at(i)
  for (let i = 0; i < count; i++) {
    levels[start + i * step] = sum / (2 * radius + 1)
    sum += at(i + radius + 1) - at(i - radius)
  }
}
