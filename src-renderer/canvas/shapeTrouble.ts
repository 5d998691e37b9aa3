import { areaOf, selfCrossing, type Shape } from '../../src-preload/contract/geometry.ts'
import { extentOf } from './shapes.ts'
import type { Size } from './viewport.ts'

/** The model's filter bank needs this much picture; a smaller region has no texture to learn. */
export const minSidePx = 32
const minMaskSidePx = 4

/** Why a shape cannot be used. `code` is a key below `wizard.trouble.` in the translations. */
export interface ShapeTrouble {
  readonly code: 'tooFewPoints' | 'selfCrossing' | 'outsideFrame' | 'tooSmall' | 'tooThin'
  readonly params: Readonly<Record<string, number>>
}

export type Purpose = 'region' | 'mask'

/** Everything that is wrong with a shape, the gravest first; empty when it may be sent. */
export function shapeTroubles(shape: Shape, frame: Size, purpose: Purpose): readonly ShapeTrouble[] {
  if (shape.kind === 'polygon' && shape.points.length < 3) return [{ code: 'tooFewPoints', params: { points: shape.points.length } }]
  const troubles: ShapeTrouble[] = []
  const crossing = shape.kind === 'polygon' ? selfCrossing(shape) : undefined
  if (crossing) troubles.push({ code: 'selfCrossing', params: { first: crossing[0] + 1, second: crossing[1] + 1 } })
  const { left, top, right, bottom } = extentOf(shape)
  // A mask may reach over the edge: there is nothing there to leave out.
  if (purpose === 'region' && (left < 0 || top < 0 || right > frame.width || bottom > frame.height))
    troubles.push({ code: 'outsideFrame', params: { width: frame.width, height: frame.height } })
  const minimum = purpose === 'region' ? minSidePx : minMaskSidePx
  const [width, height] = [right - left, bottom - top]
  if (width < minimum || height < minimum) troubles.push({ code: 'tooSmall', params: { width, height, minimum } })
  else if (!crossing && areaOf(shape) < (minimum * minimum) / 2) troubles.push({ code: 'tooThin', params: { area: Math.round(areaOf(shape)), minimum: (minimum * minimum) / 2 } })
  return troubles
}
