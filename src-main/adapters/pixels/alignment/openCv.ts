import type { OpenCV } from '@opencvjs/node'
import type { GreyImage } from '../../../pipeline/reduceToGrey.ts'

export type Cv = typeof OpenCV
export type Mat = InstanceType<Cv['Mat']>

/** OpenCV compiled to WebAssembly: about 0.3 s and 40 MB once, so only where a recipe aligns. It has no garbage collection. */
export const loadOpenCv = async (): Promise<Cv> => (await import('@opencvjs/node')).default.loadOpenCV()

/** Runs `work` and frees every matrix that it took over through `own`, whatever happens. */
export function withMats<T>(work: (own: (mat: Mat) => Mat) => T): T {
  const owned: Mat[] = []
  try {
    return work((mat) => {
      owned.push(mat)
      return mat
    })
  } finally {
    for (const mat of owned) mat.delete()
  }
}

export function matOf(cv: Cv, { widthPx, heightPx, data }: GreyImage): Mat {
  const mat = new cv.Mat(heightPx, widthPx, cv.CV_8UC1)
  mat.data.set(data)
  return mat
}

/** Rows and columns that `edgesOf` leaves out on each side: an edge is only known where its neighbours are. */
export const edgeInset = 1

/** Length of the grey gradient (Sobel, 3×3), float, smaller by `edgeInset`: where edges are, whichever side of them is the lighter. */
export function edgesOf(cv: Cv, grey: Mat): Mat {
  return withMats((own) => {
    const across = own(new cv.Mat())
    const down = own(new cv.Mat())
    cv.Sobel(grey, across, cv.CV_32F as number, 1, 0)
    cv.Sobel(grey, down, cv.CV_32F as number, 0, 1)
    const edges = own(new cv.Mat())
    cv.magnitude(across, down, edges)
    return own(edges.roi(new cv.Rect(edgeInset, edgeInset, edges.cols - 2 * edgeInset, edges.rows - 2 * edgeInset))).clone()
  })
}
