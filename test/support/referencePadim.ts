import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/**
 * The mathematics of the default model a second time: plain loops in float64, written from the formulas and sharing nothing with
 * src-main. Slow on purpose. An image is [y][x]; features are [cell][channel].
 */
type Grid = number[][]
type Rgb = { readonly width: number; readonly height: number; readonly data: Uint8Array }

const grid = (height: number, width: number, at: (y: number, x: number) => number): Grid =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => at(y, x)))
const clamp = (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1)
const mirror = (i: number, n: number): number => (i < 0 ? -i : i >= n ? 2 * n - 2 - i : i)

function pool(image: Grid, k: number): Grid {
  return grid(image.length / k, image[0]!.length / k, (y, x) => {
    let sum = 0
    for (let j = 0; j < k; j++) for (let i = 0; i < k; i++) sum += image[y * k + j]![x * k + i]!
    return sum / (k * k)
  })
}

function around(image: Grid): Grid {
  const coarse = pool(image, 16)
  const [h, w] = [coarse.length, coarse[0]!.length]
  const soft = grid(h, w, (y, x) => {
    let sum = 0
    for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) sum += coarse[clamp(y + j, h)]![clamp(x + i, w)]!
    return sum / 9
  })
  return grid(image.length, image[0]!.length, (y, x) => {
    const [v, u] = [(y + 0.5) / 16 - 0.5, (x + 0.5) / 16 - 0.5]
    const [y0, x0] = [Math.floor(v), Math.floor(u)]
    const at = (j: number, i: number): number => soft[clamp(j, h)]![clamp(i, w)]!
    const [b, a] = [v - y0, u - x0]
    return (1 - b) * ((1 - a) * at(y0, x0) + a * at(y0, x0 + 1)) + b * ((1 - a) * at(y0 + 1, x0) + a * at(y0 + 1, x0 + 1))
  })
}

function contrastNormalised({ width, height, data }: Rgb): Grid[] {
  const colour = [0, 1, 2].map((c) => grid(height, width, (y, x) => data[(y * width + x) * 3 + c]! / 255))
  const grey = grid(height, width, (y, x) => (colour[0]![y]![x]! + colour[1]![y]![x]! + colour[2]![y]![x]!) / 3)
  const local = around(grey)
  const spread = around(grid(height, width, (y, x) => (grey[y]![x]! - local[y]![x]!) ** 2))
  const all = grey.flat()
  const mean = all.reduce((s, v) => s + v, 0) / all.length
  const variance = all.reduce((s, v) => s + (v - mean) ** 2, 0) / all.length
  return colour.map((channel) =>
    grid(height, width, (y, x) => (0.15 * (channel[y]![x]! - local[y]![x]!)) / Math.sqrt(spread[y]![x]! + 0.25 * variance + 1e-6) + 0.45))
}

/** Six odd, six even, one spot, as in the study's `bank()`. */
function kernels(): Grid[] {
  const normal = (k: Grid): Grid => {
    const sum = k.flat().reduce((s, v) => s + Math.abs(v), 0)
    return k.map((row) => row.map((v) => v / sum))
  }
  const balanced = (k: Grid): Grid => {
    const mean = k.flat().reduce((s, v) => s + v, 0) / 81
    return normal(k.map((row) => row.map((v) => v - mean)))
  }
  const odd: Grid[] = []
  const even: Grid[] = []
  for (let o = 0; o < 6; o++) {
    const t = (Math.PI * o) / 6
    const u = (y: number, x: number): number => (x - 4) * Math.cos(t) + (y - 4) * Math.sin(t)
    const g = (y: number, x: number): number => {
      const v = -(x - 4) * Math.sin(t) + (y - 4) * Math.cos(t)
      return Math.exp(-(u(y, x) ** 2) / (2 * 1.25 ** 2) - v ** 2 / (2 * (1.7 * 1.25) ** 2))
    }
    odd.push(normal(grid(9, 9, (y, x) => u(y, x) * g(y, x))))
    even.push(balanced(grid(9, 9, (y, x) => (u(y, x) ** 2 / 1.25 ** 2 - 1) * g(y, x))))
  }
  const r = (y: number, x: number): number => ((x - 4) ** 2 + (y - 4) ** 2) / (2 * 1.4 ** 2)
  return [...odd, ...even, balanced(grid(9, 9, (y, x) => (r(y, x) - 1) * Math.exp(-r(y, x))))]
}

function filtered(image: Grid, kernel: Grid): Grid {
  const [h, w] = [image.length, image[0]!.length]
  return grid(h, w, (y, x) => {
    let sum = 0
    for (let j = 0; j < 9; j++) for (let i = 0; i < 9; i++) sum += kernel[j]![i]! * image[mirror(y + j - 4, h)]![mirror(x + i - 4, w)]!
    return 4 * sum
  })
}

const map = (image: Grid, f: (v: number) => number): Grid => image.map((row) => row.map(f))
const amplitude = (a: Grid, b: Grid): Grid => grid(a.length, a[0]!.length, (y, x) => Math.sqrt(a[y]![x]! ** 2 + b[y]![x]! ** 2 + 1e-6))

/** 254 maps at 1/8 of the size, each averaged over 3×3. */
export function referenceFeatures(image: Rgb): number[][] {
  const bank = kernels()
  const [red, green, blue] = contrastNormalised(image) as [Grid, Grid, Grid]
  const [height, width] = [image.height, image.width]
  const grey = grid(height, width, (y, x) => 0.3 * red[y]![x]! + 0.59 * green[y]![x]! + 0.11 * blue[y]![x]!)
  const mean = pool(grey, 8)
  const squares = pool(map(grey, (v) => v * v), 8)
  const maps: Grid[] = [
    pool(red, 8), pool(green, 8), pool(blue, 8),
    grid(mean.length, mean[0]!.length, (y, x) => 2 * Math.sqrt(Math.max(squares[y]![x]! - mean[y]![x]! ** 2, 1e-6))),
    pool(grid(height, width, (y, x) => 2 * (red[y]![x]! - green[y]![x]!)), 8),
    pool(grid(height, width, (y, x) => 2 * ((red[y]![x]! + green[y]![x]!) / 2 - blue[y]![x]!)), 8),
  ]
  for (let octave = 0, level = grey, k = 8; octave < 4; octave++, level = k > 1 ? pool(level, 2) : level, k /= 2) {
    const r = bank.map((kernel) => filtered(level, kernel))
    maps.push(...r.map((v) => pool(map(v, (t) => Math.max(t, 0)), k)), ...r.map((v) => pool(map(v, (t) => Math.max(-t, 0)), k)))
    if (octave > 1) continue
    for (let o = 0; o < 6; o++) {
      const edges = pool(amplitude(r[o]!, r[o + 6]!), 2)
      const q = bank.slice(0, 12).map((kernel) => filtered(edges, kernel))
      for (let p = 0; p < 6; p++) maps.push(pool(amplitude(q[p]!, q[p + 6]!), k / 2), pool(map(q[p + 6]!, (t) => Math.max(t, 0)), k / 2))
    }
  }
  const [h, w] = [height / 8, width / 8]
  return Array.from({ length: h * w }, (_, cell) => maps.map((m) => neighbourhoodMean(m, Math.floor(cell / w), cell % w, () => true)))
}

function neighbourhoodMean(m: Grid, y: number, x: number, counts: (y: number, x: number) => boolean): number {
  let [sum, n] = [0, 0]
  for (let j = y - 1; j <= y + 1; j++)
    for (let i = x - 1; i <= x + 1; i++)
      if (m[j]?.[i] !== undefined && counts(j, i)) {
        sum += m[j]![i]!
        n++
      }
  return n === 0 ? 0 : sum / n
}

/** The one thing not written out; instead it is checked for what it must be: C·V = V·Λ and VᵀV = 1. */
function eigenOf(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const n = matrix.length
  const { realEigenvalues: values, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(matrix), { assumeSymmetric: true })
  const vectors = eigenvectorMatrix.to2DArray()
  const columns = values.map((_, k) => vectors.map((row) => row[k]!))
  const scale = Math.max(...values)
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++)
      if (Math.abs(dot(matrix[i]!, columns[k]!) - values[k]! * columns[k]![i]!) > 1e-12 * scale) throw new Error(`column ${k} is no eigenvector`)
    for (let j = 0; j < n; j++)
      if (Math.abs(dot(columns[k]!, columns[j]!) - (j === k ? 1 : 0)) > 1e-12) throw new Error(`columns ${j} and ${k} are not orthonormal`)
  }
  return { values, vectors }
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

export interface ReferenceModel {
  readonly score: (image: Rgb) => { readonly score: number; readonly heatmap: readonly number[]; readonly embedding: readonly number[]; readonly hottest: readonly number[] }
}

/** Whitening on every visible patch (so the cases stay under 30,000 of them), then PaDiM. `visible` is by cell, row by row. */
export function fitReference(images: readonly Rgb[], visible: readonly boolean[]): ReferenceModel {
  const [h, w] = [images[0]!.height / 8, images[0]!.width / 8]
  const features = images.map(referenceFeatures)
  const sample = features.flatMap((cells) => cells.filter((_, cell) => visible[cell]))
  const mu0 = Array.from({ length: 254 }, (_, c) => sample.reduce((s, f) => s + f[c]!, 0) / sample.length)
  const covariance = Array.from({ length: 254 }, () => new Array<number>(254).fill(0))
  for (const f of sample)
    for (let i = 0; i < 254; i++) for (let j = 0; j < 254; j++) covariance[i]![j]! += ((f[i]! - mu0[i]!) * (f[j]! - mu0[j]!)) / sample.length
  const { values, vectors } = eigenOf(covariance)
  const meanValue = values.reduce((s, v) => s + v, 0) / 254
  const kept = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!).slice(0, 64)
  const whiten = (f: readonly number[]): number[] =>
    kept.map((k) => {
      let sum = 0
      for (let c = 0; c < 254; c++) sum += (f[c]! - mu0[c]!) * vectors[c]![k]!
      return sum / Math.sqrt(Math.max(values[k]!, 0) + 1e-3 * meanValue)
    })
  const z = features.map((cells) => cells.map(whiten))
  const own = Array.from({ length: h * w }, (_, cell) => Array.from({ length: 64 }, (__, d) => z.reduce((s, image) => s + image[cell]![d]!, 0) / z.length))
  const means = own.map((_, cell) =>
    Array.from({ length: 64 }, (__, d) => neighbourhoodMean(grid(h, w, (y, x) => own[y * w + x]![d]!), Math.floor(cell / w), cell % w, (y, x) => visible[y * w + x]!)))
  const sigmas: { readonly cells: readonly number[]; readonly seen: number; readonly sigma: number[][] }[] = []
  for (let by = 0; by < h / 2; by++)
    for (let bx = 0; bx < w / 2; bx++) {
      const cells = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([j, i]) => (2 * by + j!) * w + 2 * bx + i!)
      const seen = cells.filter((cell) => visible[cell])
      const sigma = Array.from({ length: 64 }, () => new Array<number>(64).fill(0))
      for (const cell of seen)
        for (const image of z) {
          const d = image[cell]!.map((v, i) => v - means[cell]![i]!)
          for (let i = 0; i < 64; i++) for (let j = 0; j < 64; j++) sigma[i]![j]! += (d[i]! * d[j]!) / (z.length * seen.length)
        }
      sigmas.push({ cells, seen: seen.length, sigma })
    }
  const seenCells = sigmas.reduce((sum, { seen }) => sum + seen, 0)
  const prior = Array.from({ length: 64 }, (_, i) => Array.from({ length: 64 }, (__, j) =>
    (0.98 * sigmas.reduce((sum, { seen, sigma }) => sum + seen * sigma[i]![j]!, 0)) / seenCells + (i === j ? 0.02 : 0)))
  const lower = new Map<number, number[][]>()
  for (const { cells, sigma } of sigmas) {
    const l = cholesky(sigma.map((row, i) => row.map((v, j) => (z.length * v + 3 * prior[i]![j]!) / (z.length + 3))))
    for (const cell of cells) lower.set(cell, l)
  }
  return {
    score(image) {
      const patches = referenceFeatures(image).map(whiten)
      const distances = patches.map((patch, cell) => norm(solveLower(lower.get(cell)!, patch.map((v, i) => v - means[cell]![i]!))))
      const sorted = distances.filter((_, cell) => visible[cell]).sort((a, b) => a - b)
      const median = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
      const excess = grid(h, w, (y, x) => (visible[y * w + x] ? distances[y * w + x]! - median : 0))
      const heatmap = smoothed(excess).flat().map((v, cell) => (visible[cell] ? v : 0))
      const hottest = heatmap.map((_, cell) => cell).filter((cell) => visible[cell]).sort((a, b) => heatmap[b]! - heatmap[a]!).slice(0, Math.max(5, Math.round(visible.filter(Boolean).length / 100)))
      const shown = patches.filter((_, cell) => visible[cell])
      return {
        score: hottest.reduce((s, cell) => s + heatmap[cell]!, 0) / hottest.length,
        heatmap,
        embedding: Array.from({ length: 64 }, (_, d) => shown.reduce((s, patch) => s + patch[d]!, 0) / shown.length),
        hottest: hottest.slice(0, 5),
      }
    },
  }
}

function smoothed(image: Grid): Grid {
  const weight = (d: number): number => Math.exp(-d * d / 2)
  const [h, w] = [image.length, image[0]!.length]
  return grid(h, w, (y, x) => {
    let [sum, total] = [0, 0]
    for (let j = -4; j <= 4; j++)
      for (let i = -4; i <= 4; i++) {
        sum += weight(j) * weight(i) * image[mirror(y + j, h)]![mirror(x + i, w)]!
        total += weight(j) * weight(i)
      }
    return sum / total
  })
}

function cholesky(a: readonly (readonly number[])[]): number[][] {
  const l = a.map((row) => row.map(() => 0))
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!
      for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!
      l[i]![j] = i === j ? Math.sqrt(sum) : sum / l[j]![j]!
    }
  return l
}

function solveLower(l: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = []
  for (let i = 0; i < b.length; i++) x.push((b[i]! - l[i]!.slice(0, i).reduce((s, v, k) => s + v * x[k]!, 0)) / l[i]![i]!)
  return x
}

const norm = (v: readonly number[]): number => Math.sqrt(v.reduce((s, t) => s + t * t, 0))
