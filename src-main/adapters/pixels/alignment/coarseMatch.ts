import { matrixOf, moveRigidly, rigidThrough, type Rigid } from './rigid.ts'
import { withMats, type Cv, type Mat } from './openCv.ts'

/** Edges of a picture on a grid `step` times coarser. */
export interface CoarseEdges {
  readonly step: number
  readonly edges: Mat
}

/** Long side of the template, in cells, that a turned search can afford. */
const coarseSide = 40

export const coarseStepFor = (widthPx: number, heightPx: number): number => Math.max(1, Math.ceil(Math.max(widthPx, heightPx) / coarseSide))

/** The mean of `edges` over step×step pixels, so that fine lettering still counts where it is finer than a cell. */
export function coarsen(cv: Cv, edges: Mat, step: number): CoarseEdges {
  return withMats((own) => {
    const size = new cv.Size(Math.floor(edges.cols / step), Math.floor(edges.rows / step))
    const whole = own(edges.roi(new cv.Rect(0, 0, size.width * step, size.height * step)))
    const coarse = new cv.Mat()
    cv.resize(whole, coarse, size, 0, 0, cv.INTER_AREA)
    return { step, edges: coarse }
  })
}

export interface CoarseMatch {
  readonly score: number
  /** Template pixels → picture pixels, both on the grid before coarsening. */
  readonly move: Rigid
}

/**
 * The best place of the template for every angle within ±`rotationDeg`, by normalised correlation of the edges (OpenCV
 * TM_CCOEFF_NORMED). It is the picture that is turned, about its middle, because only the picture goes on beyond the template's corners.
 * An angle step moves the template's corners by about one cell.
 */
export function matchCoarsely(cv: Cv, template: CoarseEdges, picture: CoarseEdges, rotationDeg: number): readonly CoarseMatch[] {
  const { cols, rows } = template.edges
  const limit = (rotationDeg * Math.PI) / 180
  const count = Math.ceil(limit * Math.hypot(cols, rows) * 0.5)
  const angles = Array.from({ length: 2 * count + 1 }, (_, i) => (count === 0 ? 0 : ((i - count) / count) * limit))
  return angles.flatMap((angle) => bestAt(cv, template, picture, angle))
}

function bestAt(cv: Cv, template: CoarseEdges, { edges, step }: CoarseEdges, angle: number): CoarseMatch[] {
  return withMats((own) => {
    const middle = { x: (edges.cols - 1) / 2, y: (edges.rows - 1) / 2 }
    const unturn = rigidThrough(angle, middle, middle)
    const turned = own(new cv.Mat())
    const matrix = own(cv.matFromArray(2, 3, cv.CV_64F as number, [...matrixOf(unturn)]))
    cv.warpAffine(edges, turned, matrix, new cv.Size(edges.cols, edges.rows), cv.INTER_LINEAR | cv.WARP_INVERSE_MAP, cv.BORDER_REPLICATE)
    const scores = own(new cv.Mat())
    cv.matchTemplate(turned, template.edges, scores, cv.TM_CCOEFF_NORMED as number)
    return peaksOf(scores.data32F, scores.cols, scores.rows).map(({ x, y, score }) => ({ score, move: refineGrid(rigidThrough(angle, { x: 0, y: 0 }, moveRigidly(unturn, { x, y })), step) }))
  })
}

/** Places that no neighbour beats. */
function peaksOf(scores: Float32Array, width: number, height: number): { x: number; y: number; score: number }[] {
  const peaks = []
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const score = scores[i]!
      if (
        (x === 0 || score >= scores[i - 1]!) && (x === width - 1 || score > scores[i + 1]!) &&
        (y === 0 || score >= scores[i - width]!) && (y === height - 1 || score > scores[i + width]!)
      ) peaks.push({ x, y, score })
    }
  return peaks
}

/** The same movement on the grid that is `step` times finer; a cell's middle is the middle of its pixels. */
const refineGrid = ({ angle, x, y }: Rigid, step: number): Rigid =>
  rigidThrough(angle, { x: (step - 1) / 2, y: (step - 1) / 2 }, { x: step * x + (step - 1) / 2, y: step * y + (step - 1) / 2 })
