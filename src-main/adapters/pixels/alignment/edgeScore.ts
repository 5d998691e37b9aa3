import { matrixOf, type Rigid } from './rigid.ts'
import { withMats, type Cv, type Mat } from './openCv.ts'

/** Normalised correlation, −1…1, of the template's edges with the picture's edges under it. */
export function edgeScore(cv: Cv, templateEdges: Mat, pictureEdges: Mat, move: Rigid): number {
  return withMats((own) => {
    const seen = own(new cv.Mat())
    const matrix = own(cv.matFromArray(2, 3, cv.CV_64F as number, [...matrixOf(move)]))
    cv.warpAffine(pictureEdges, seen, matrix, new cv.Size(templateEdges.cols, templateEdges.rows), cv.INTER_LINEAR | cv.WARP_INVERSE_MAP, cv.BORDER_CONSTANT, new cv.Scalar(0))
    const score = own(new cv.Mat())
    cv.matchTemplate(seen, templateEdges, score, cv.TM_CCOEFF_NORMED as number)
    return score.data32F[0]!
  })
}
