import { Buffer } from 'node:buffer'
import type { AlignmentTemplate } from '../../../domain/alignment.ts'
import { coarsen, coarseStepFor, type CoarseEdges } from './coarseMatch.ts'
import { edgesOf, matOf, withMats, type Cv, type Mat } from './openCv.ts'

/** A template in the form that `alignPart` searches with; freed by `free`. */
export interface PreparedTemplate {
  readonly edges: Mat
  readonly coarse: CoarseEdges
  free(): void
}

export function prepareTemplate(cv: Cv, { widthPx, heightPx, pixels }: AlignmentTemplate): PreparedTemplate {
  const data = new Uint8Array(Buffer.from(pixels, 'base64'))
  if (data.length !== widthPx * heightPx) throw new Error(`an alignment template of ${widthPx}×${heightPx} px has ${data.length} levels`)
  const edges = withMats((own) => edgesOf(cv, own(matOf(cv, { widthPx, heightPx, data }))))
  const coarse = coarsen(cv, edges, coarseStepFor(edges.cols, edges.rows))
  return {
    edges,
    coarse,
    free() {
      edges.delete()
      coarse.edges.delete()
    },
  }
}
