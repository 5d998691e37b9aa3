import type { ReportedPicture, ReportedRegion } from '../../domain/commissioningReport.ts'
import type { Shape } from '../../domain/geometry.ts'
import { contentWidth, ink, keepTogether, margin, type Pdf } from './paper.ts'

const tallest = 300

/** The first good part with the outlines of the regions, and of what is masked in them (dashed). */
export function drawPicture(pdf: Pdf, { widthPx, heightPx }: ReportedPicture, jpeg: Uint8Array, regions: readonly ReportedRegion[]): void {
  const scale = Math.min(contentWidth(pdf) / widthPx, tallest / heightPx)
  keepTogether(pdf, heightPx * scale + 10)
  const top = pdf.y
  pdf.image(Buffer.from(jpeg), margin, top, { width: widthPx * scale, height: heightPx * scale })
  const outline = (shape: Shape, dash: number): void => {
    for (const [colour, line] of [['#FFFFFF', 2.4], [ink.text, 1]] as const) {
      trace(pdf, shape, (x, y) => [margin + x * scale, top + y * scale])
      pdf.lineWidth(line)
      if (dash) pdf.dash(dash, { space: dash })
      pdf.stroke(colour).undash()
    }
  }
  for (const { name, shape, masks } of regions) {
    outline(shape, 0)
    for (const mask of masks) outline(mask, 3)
    const [x, y] = firstCorner(shape)
    pdf.font('bold').fontSize(8).fillColor(ink.text).text(name, margin + x * scale + 3, top + y * scale + 3, { lineBreak: false })
  }
  pdf.font('regular').fontSize(9)
  pdf.x = margin
  pdf.y = top + heightPx * scale + 8
}

function trace(pdf: Pdf, shape: Shape, place: (x: number, y: number) => readonly [number, number]): void {
  const corners = cornersOf(shape)
  corners.forEach(([x, y], i) => {
    const [left, top] = place(x, y)
    if (i === 0) pdf.moveTo(left, top)
    else pdf.lineTo(left, top)
  })
  pdf.closePath()
}

function cornersOf(shape: Shape): readonly (readonly [number, number])[] {
  if (shape.kind === 'polygon') return shape.points.map(({ x, y }) => [x, y])
  const { x, y, width, height } = shape
  return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
}

const firstCorner = (shape: Shape): readonly [number, number] => cornersOf(shape)[0]!
