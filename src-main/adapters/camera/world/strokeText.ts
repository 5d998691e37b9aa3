import { distanceToSegment, type Segment } from './distance.ts'

/** Letters as an engraver's strokes on a 4×6 grid (y down): polylines of digit pairs "xy". */
const glyphs: Readonly<Record<string, string>> = {
  A: '062046 1434', B: '0006 003041423303 33444536 3606', C: '4130100105163645', D: '00204244260600', E: '40000646 0333', F: '400006 0333',
  G: '41301001051636454323', H: '0006 4046 0343', I: '2026', J: '4045361605', K: '0006 400346', L: '000646', M: '0600234046', N: '06004640',
  O: '103041453616050110', P: '06003041423303', Q: '103041453616050110 3446', R: '06003041423303 2346', S: '413010010213334445361605', T: '0040 2026',
  U: '000516364540', V: '002640', W: '0016233640', X: '0046 4006', Y: '002340 2326', Z: '00400646',
  0: '103041453616050110', 1: '112026', 2: '01103041420646', 3: '004023334445361605', 4: '36300444', 5: '400003334445361605', 6: '30100105163645443303',
  7: '004016', 8: '103041423313020110 1304051636454433', 9: '43130201103041453616', '-': '1333', '.': '2626', '·': '2323', '/': '0640',
}
const gridHeight = 6
/** Four for the letter, two of space. */
const gridAdvance = 6

/** One placed letter; `radius` bounds its strokes around its middle. */
export interface Letter {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly strokes: readonly Segment[]
}

interface Place {
  readonly x: number
  readonly y: number
  readonly angle: number
}

/** Letters in a straight line around a middle. */
export function writeLine(text: string, x: number, y: number, heightPx: number): readonly Letter[] {
  const advance = (heightPx / gridHeight) * gridAdvance
  return placeLetters(text, heightPx, (i) => ({ x: x + (i - (text.length - 1) / 2) * advance, y, angle: 0 }))
}

/** Letters on a circle around the origin: over its top reading clockwise, or under its bottom reading counter-clockwise. */
export function writeArc(text: string, radiusPx: number, heightPx: number, side: 'top' | 'bottom'): readonly Letter[] {
  const step = ((heightPx / gridHeight) * gridAdvance) / radiusPx
  const turn = side === 'top' ? 1 : -1
  return placeLetters(text, heightPx, (i) => {
    const bearing = (i - (text.length - 1) / 2) * step
    return { x: radiusPx * Math.sin(bearing), y: -turn * radiusPx * Math.cos(bearing), angle: turn * bearing }
  })
}

function placeLetters(text: string, heightPx: number, placeOf: (index: number) => Place): readonly Letter[] {
  return [...text.toUpperCase()].flatMap((letter, i) => {
    const glyph = glyphs[letter]
    return glyph === undefined ? [] : [placeLetter(glyph, heightPx / gridHeight, placeOf(i))]
  })
}

function placeLetter(glyph: string, scale: number, { x, y, angle }: Place): Letter {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const at = (pair: string): readonly [number, number] => {
    const [u, v] = [(Number(pair[0]) - 2) * scale, (Number(pair[1]) - 3) * scale]
    return [x + u * cos - v * sin, y + u * sin + v * cos]
  }
  const strokes = glyph.split(' ').flatMap((line) => {
    const points = line.match(/../g)!.map(at)
    return points.slice(1).map(([bx, by], i) => ({ ax: points[i]![0], ay: points[i]![1], bx, by }))
  })
  return { x, y, radius: scale * 4, strokes }
}

/** Distance to the middle of the nearest stroke; `far` when no letter is near. */
export function distanceToText(letters: readonly Letter[], x: number, y: number, far: number): number {
  let nearest = far
  for (const letter of letters)
    if (Math.abs(x - letter.x) < letter.radius + far && Math.abs(y - letter.y) < letter.radius + far)
      for (const stroke of letter.strokes) nearest = Math.min(nearest, distanceToSegment(x, y, stroke))
  return nearest
}
