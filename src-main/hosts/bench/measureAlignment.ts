import type { PixelImage } from '../../domain/frame.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { newImage } from '../../pipeline/newImage.ts'
import type { Percentiles } from '../../monitoring/lineTelemetry.ts'
import type { PixelsPort } from '../../ports/pixels.ts'
import { takeTurns } from './takeTurns.ts'

const sidePx = 1_000
const turns = 50

/** Finding a part in a picture of 1 Mpx, anywhere within what `alignmentDefaults` allow. Faults: those of teaching and of finding it. */
export async function measureAlignment(pixels: Pick<PixelsPort, 'teachAlignment' | 'align'>): Promise<Result<Percentiles>> {
  const taught = await pixels.teachAlignment(drawPart(0, 0), { rectangle: { kind: 'rectangle', x: 350, y: 350, width: 300, height: 300 } })
  if (!taught.ok) return taught
  const pictures = Array.from({ length: 5 }, (_, i) => drawPart(7 * i - 14, 11 - 5 * i))
  for (const picture of pictures) {
    const found = await pixels.align(picture, taught.value)
    if (!found.ok) return found
  }
  let turn = 0
  const { align } = await takeTurns({ align: () => pixels.align(pictures[turn++ % pictures.length]!, taught.value) }, turns)
  return succeed(align)
}

/** A plate with three unlike holes and a notch, moved by so many pixels. */
function drawPart(dxPx: number, dyPx: number): PixelImage {
  const image = newImage(sidePx, sidePx, 1)
  for (let y = 0; y < sidePx; y++) for (let x = 0; x < sidePx; x++) image.data[y * sidePx + x] = levelAt(x - dxPx, y - dyPx) + ((x * 31 + y * 17) % 7)
  return image
}

function levelAt(x: number, y: number): number {
  const isPlate = Math.abs(x - 500) < 380 && Math.abs(y - 500) < 330
  const isOpen = Math.hypot(x - 420, y - 430) < 40 || Math.hypot(x - 590, y - 460) < 25 || Math.hypot(x - 480, y - 600) < 32 || (x > 560 && x < 640 && y > 560 && y < 590)
  return isPlate && !isOpen ? 150 : 60
}
