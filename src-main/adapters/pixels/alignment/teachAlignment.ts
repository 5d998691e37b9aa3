import { Buffer } from 'node:buffer'
import { alignmentDefaults, middleOf, type Alignment, type AlignmentLesson } from '../../../domain/alignment.ts'
import { fault, type Fault } from '../../../domain/fault.ts'
import type { PixelImage } from '../../../domain/frame.ts'
import type { Rectangle } from '../../../domain/geometry.ts'
import { fail, succeed, type Result } from '../../../domain/result.ts'
import { measureStructure } from '../../../pipeline/measureStructure.ts'
import { reduceToGrey } from '../../../pipeline/reduceToGrey.ts'
import { coarsen, matchCoarsely } from './coarseMatch.ts'
import { edgesOf, matOf, withMats, type Cv } from './openCv.ts'
import { prepareTemplate } from './prepareTemplate.ts'
import type { Rigid } from './rigid.ts'
import { movePlace, searchBounds } from './searchWindow.ts'

/** Long side of a template: 160 cells find a 400 px part to a few hundredths of a pixel within 10 ms. */
const templateSide = 160
const leastSidePx = 32
/** Grey levels per cell along the stronger direction; below it, noise decides. */
const leastGradient = 1.5
/** Gradient of the weaker direction against the stronger one. */
const leastBalance = 0.15
/** A second place, or the same place turned, must look less like the template than this. */
const mostAlike = 0.8
/** Coarse cells from its own place within which a match is still the same one. */
const nearCells = 3

/**
 * Takes the template out of the golden frame. Refused where nothing could be found again: request/invalid for a rectangle that is too
 * small or leaves the frame; alignment/flat, alignment/oneDirection (it could slide along its edges) and alignment/notUnique (it repeats
 * itself, or is round) for a picture of that kind.
 */
export function teachAlignment(cv: Cv, golden: PixelImage, { rectangle, travel = alignmentDefaults.travel, minScore = alignmentDefaults.minScore }: AlignmentLesson): Result<Alignment> {
  const whole = wholePixels(rectangle)
  const misplaced = misplacedIn(whole, golden)
  if (misplaced) return fail(misplaced)
  const { x: left, y: top, width, height } = whole
  const reduction = Math.max(1, Math.ceil(Math.max(width, height) / templateSide))
  const grey = reduceToGrey(golden, { left, top, width, height }, reduction)
  const structure = measureStructure(grey)
  if (structure.strong < leastGradient) return fail(fault('alignment/flat', 'the rectangle shows hardly any edge', { measured: rounded(structure.strong), limit: leastGradient }))
  if (structure.weak < leastBalance * structure.strong)
    return fail(fault('alignment/oneDirection', 'all edges in the rectangle run the same way, so the part could slide along them unnoticed', { measured: rounded(structure.weak / structure.strong), limit: leastBalance }))

  const { widthPx, heightPx, data } = grey
  const alignment: Alignment = { rectangle: whole, template: { reduction, widthPx, heightPx, pixels: Buffer.from(data).toString('base64') }, travel, minScore }
  const twin = likestElsewhere(cv, golden, alignment)
  return twin > mostAlike
    ? fail(fault('alignment/notUnique', 'the rectangle looks the same somewhere else, or turned', { measured: rounded(twin), limit: mostAlike }))
    : succeed(alignment)
}

const wholePixels = ({ x, y, width, height }: Rectangle): Rectangle => {
  const left = Math.round(x)
  const top = Math.round(y)
  return { kind: 'rectangle', x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top }
}

function misplacedIn({ x, y, width, height }: Rectangle, { widthPx, heightPx }: PixelImage): Fault | undefined {
  if (x < 0 || y < 0 || x + width > widthPx || y + height > heightPx) return fault('request/invalid', `the alignment rectangle leaves the image of ${widthPx}×${heightPx} px`)
  const side = Math.min(width, height)
  return side < leastSidePx ? fault('request/invalid', `an alignment rectangle has sides of at least ${leastSidePx} px`, { measured: side, limit: leastSidePx }) : undefined
}

/** The template's best score in its own frame at a place, or an angle, that clearly is another. */
function likestElsewhere(cv: Cv, golden: PixelImage, alignment: Alignment): number {
  const { rectangle, template, travel } = alignment
  const prepared = prepareTemplate(cv, template)
  try {
    return withMats((own) => {
      const search = searchBounds(alignment, golden)
      const { step } = prepared.coarse
      const coarse = coarsen(cv, own(edgesOf(cv, own(matOf(cv, reduceToGrey(golden, search, template.reduction))))), step)
      own(coarse.edges)
      const home = middleOf(rectangle)
      const nearPx = nearCells * step * template.reduction
      const isElsewhere = (move: Rigid): boolean => {
        const place = movePlace(home, move, alignment, search)
        return Math.hypot(place.x - home.x, place.y - home.y) > nearPx || Math.abs(move.angle) > (travel.rotationDeg * Math.PI) / 360
      }
      return Math.max(-1, ...matchCoarsely(cv, prepared.coarse, coarse, travel.rotationDeg).filter(({ move }) => isElsewhere(move)).map(({ score }) => score))
    })
  } finally {
    prepared.free()
  }
}

const rounded = (value: number): number => Number(value.toPrecision(4))
