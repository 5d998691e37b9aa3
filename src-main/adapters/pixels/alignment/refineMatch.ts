import { matrixOf, rigidOf, type Rigid } from './rigid.ts'
import { withMats, type Cv, type Mat } from './openCv.ts'

const iterations = 30
/** Stops when the correlation grows by less. */
const enough = 1e-4
const smoothingPx = 5

/**
 * From about a cell to a small fraction of a pixel: enhanced correlation coefficient maximisation over shift and rotation (Evangelidis
 * and Psarakis, PAMI 2008; OpenCV findTransformECC), or over shift alone; light that is brighter or has more contrast does not touch it. Undefined when
 * it does not converge: the picture does not show the template there.
 */
export function refineMatch(cv: Cv, template: Mat, picture: Mat, start: Rigid, mayTurn: boolean): Rigid | undefined {
  return withMats((own) => {
    const warp = own(cv.matFromArray(2, 3, cv.CV_32F as number, [...matrixOf(start)]))
    const criteria = new cv.TermCriteria((cv.TermCriteria_COUNT as number) + (cv.TermCriteria_EPS as number), iterations, enough)
    try {
      cv.findTransformECC(template, picture, warp, (mayTurn ? cv.MOTION_EUCLIDEAN : cv.MOTION_TRANSLATION) as number, criteria, own(new cv.Mat()), smoothingPx)
    } catch {
      return undefined
    }
    const move = rigidOf(warp.data32F)
    return Object.values(move).every(Number.isFinite) ? move : undefined
  })
}
