import { middleOf, type Alignment, type Pose } from '../../../domain/alignment.ts'
import { fault } from '../../../domain/fault.ts'
import type { PixelImage } from '../../../domain/frame.ts'
import { fail, succeed, type Result } from '../../../domain/result.ts'
import { reduceToGrey } from '../../../pipeline/reduceToGrey.ts'
import { coarsen, matchCoarsely } from './coarseMatch.ts'
import { edgeScore } from './edgeScore.ts'
import { edgesOf, matOf, withMats, type Cv } from './openCv.ts'
import type { PreparedTemplate } from './prepareTemplate.ts'
import { refineMatch } from './refineMatch.ts'
import { movePlace, searchBounds } from './searchWindow.ts'

/**
 * Where the part lies: every angle on a coarse grid, then the best place to a fraction of a pixel, both on edges, so that light which is
 * brighter or softer changes nothing. Deterministic. Fault frame/notAligned, never a guess: nothing converged, a score below the
 * limit, or a part that lies further away than the travel allows.
 */
export function alignPart(cv: Cv, image: PixelImage, alignment: Alignment, template: PreparedTemplate): Result<Pose> {
  const { rectangle, travel, minScore } = alignment
  const { reduction } = alignment.template
  const search = searchBounds(alignment, image)
  if (Math.floor(search.width / reduction) < alignment.template.widthPx || Math.floor(search.height / reduction) < alignment.template.heightPx)
    return fail(fault('frame/notAligned', `the image of ${image.widthPx}×${image.heightPx} px is smaller than what is searched for`))
  return withMats((own) => {
    const edges = own(edgesOf(cv, own(matOf(cv, reduceToGrey(image, search, reduction)))))
    const coarse = coarsen(cv, edges, template.coarse.step)
    own(coarse.edges)
    const [rough] = matchCoarsely(cv, template.coarse, coarse, travel.rotationDeg).toSorted((a, b) => b.score - a.score)
    const move = rough && refineMatch(cv, template.edges, edges, rough.move, travel.rotationDeg > 0)
    if (!move) return fail(fault('frame/notAligned', 'the part was not found', rough && { measured: rounded(rough.score), limit: minScore }))

    const pivot = middleOf(rectangle)
    const found = movePlace(pivot, move, alignment, search)
    const pose: Pose = {
      dxPx: found.x - pivot.x,
      dyPx: found.y - pivot.y,
      rotationDeg: (move.angle * 180) / Math.PI,
      pivot,
      score: edgeScore(cv, template.edges, edges, move),
    }
    const trouble = troubleWith(pose, alignment)
    return trouble ? fail(trouble) : succeed(pose)
  })
}

function troubleWith({ dxPx, dyPx, rotationDeg, score }: Pose, { travel, minScore }: Alignment) {
  // A score that is not a number is below every limit.
  if (!(score >= minScore)) return fault('frame/notAligned', 'what was found looks too little like the part', { measured: rounded(score), limit: minScore })
  const shift = Math.max(Math.abs(dxPx), Math.abs(dyPx))
  if (shift > travel.shiftPx) return fault('frame/notAligned', `the part lies ${shift.toFixed(1)} px from its place`, { measured: rounded(shift), limit: travel.shiftPx })
  const turn = Math.abs(rotationDeg)
  if (turn > travel.rotationDeg) return fault('frame/notAligned', `the part is turned by ${turn.toFixed(1)}°`, { measured: rounded(turn), limit: travel.rotationDeg })
  return undefined
}

const rounded = (value: number): number => Number(value.toPrecision(4))
