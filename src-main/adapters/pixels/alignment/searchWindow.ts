import type { Alignment } from '../../../domain/alignment.ts'
import type { PixelImage } from '../../../domain/frame.ts'
import { boundsOf, type Bounds, type Point } from '../../../domain/geometry.ts'
import { edgeInset } from './openCv.ts'
import { moveRigidly, type Rigid } from './rigid.ts'

/**
 * What a part that lies as far away as allowed can cover, within the image; on the template's grid, so that a part that lies still is seen
 * exactly as it was taught.
 */
export function searchBounds({ rectangle, travel, template: { reduction } }: Alignment, { widthPx, heightPx }: PixelImage): Bounds {
  const { x, y, width, height } = rectangle
  const turned = Math.sin((travel.rotationDeg * Math.PI) / 180) * (Math.hypot(width, height) / 2)
  const reach = Math.ceil((travel.shiftPx + turned) / reduction) * reduction
  return boundsOf({ kind: 'rectangle', x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach }, widthPx, heightPx)
}

/** From the corner of a grid to the middle of the first cell whose edges are known. */
const firstCentre = edgeInset + 0.5

/** Where a place of the golden frame went, when the template's edges moved like this over the search window's. */
export function movePlace({ x, y }: Point, move: Rigid, { rectangle, template: { reduction } }: Alignment, search: Bounds): Point {
  const onTemplate = { x: (x - rectangle.x) / reduction - firstCentre, y: (y - rectangle.y) / reduction - firstCentre }
  const onSearch = moveRigidly(move, onTemplate)
  return { x: search.left + (onSearch.x + firstCentre) * reduction, y: search.top + (onSearch.y + firstCentre) * reduction }
}
