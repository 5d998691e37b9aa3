/**
 * Number of cells in the largest 8-connected group with heat over `limit`; 0 when there is none.
 * `heat` is row-major [mapHeight, mapWidth].
 */
export function largestHotGroup(heat: Float32Array, mapWidth: number, mapHeight: number, limit: number): number {
  const unseen = Uint8Array.from(heat, (value) => (value > limit ? 1 : 0))
  const stack: number[] = []
  let largest = 0
  const visit = (cell: number): void => {
    unseen[cell] = 0
    stack.push(cell)
  }
  for (let start = 0; start < unseen.length; start++) {
    if (unseen[start] === 0) continue
    let cells = 0
    visit(start)
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      cells++
      const x = cell % mapWidth
      const y = (cell - x) / mapWidth
      for (let ny = Math.max(0, y - 1); ny <= Math.min(mapHeight - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(mapWidth - 1, x + 1); nx++)
          if (unseen[ny * mapWidth + nx] === 1) visit(ny * mapWidth + nx)
    }
    largest = Math.max(largest, cells)
  }
  return largest
}
