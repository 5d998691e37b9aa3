import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/**
 * `count` of the numbers below `total`, each set of them equally likely, ascending; all of them when there are no more.
 * Selection sampling, Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
 */
export function samplePlaces(total: number, count: number, seed: number): Uint32Array {
  const places = new Uint32Array(Math.min(total, count))
  const random = xoroshiro128plus(seed)
  for (let place = 0, taken = 0; taken < places.length; place++)
    if (uniformInt(random, 0, total - place - 1) < places.length - taken) places[taken++] = place
  return places
}
