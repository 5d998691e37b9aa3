import type { ReportedRegion } from '../../domain/commissioningReport.ts'
import { contentWidth, ink, keepTogether, margin, type Pdf } from './paper.ts'
import type { Writer } from './reportTexts.ts'

const height = 90
const bins = 40

/** Scores of good parts (filled) and known-bad ones (outlined) with the two lines: tells them apart in grey as well. */
export function drawScores(pdf: Pdf, region: ReportedRegion, { say, number }: Writer): void {
  keepTogether(pdf, height + 50)
  const { goodScores, knownBadScores, failAbove, unsureAbove } = region
  const highest = 1.05 * Math.max(failAbove, ...goodScores, ...knownBadScores)
  const width = contentWidth(pdf)
  const top = pdf.y + 12
  const xOf = (score: number): number => margin + (score / highest) * width
  const good = countsOf(goodScores, highest)
  const bad = countsOf(knownBadScores, highest)
  const tallest = Math.max(1, ...good, ...bad)
  const barWidth = width / bins
  const bar = (counts: readonly number[], draw: (x: number, y: number, w: number, h: number) => void): void => {
    counts.forEach((count, i) => {
      const h = (count / tallest) * height
      if (count > 0) draw(margin + i * barWidth, top + height - h, barWidth - 1, h)
    })
  }
  bar(good, (x, y, w, h) => { pdf.rect(x, y, w, h).fill(ink.quiet) })
  bar(bad, (x, y, w, h) => { pdf.rect(x, y, w, h).lineWidth(1).stroke(ink.warn) })
  pdf.moveTo(margin, top + height).lineTo(margin + width, top + height).lineWidth(0.5).stroke(ink.text)
  for (const [line, dash] of [[unsureAbove, 3], [failAbove, 0]] as const) {
    pdf.moveTo(xOf(line), top - 6).lineTo(xOf(line), top + height).lineWidth(1)
    if (dash) pdf.dash(dash, { space: 2 })
    pdf.stroke(ink.text).undash()
  }
  pdf.fontSize(7).fillColor(ink.quiet).text(say('scores.legend', { good: goodScores.length, bad: knownBadScores.length, failAbove: number(failAbove), unsureAbove: number(unsureAbove) }), margin, top + height + 4, { width })
  pdf.fillColor(ink.text).fontSize(9).moveDown(0.5)
}

function countsOf(scores: readonly number[], highest: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const score of scores) counts[Math.min(bins - 1, Math.floor((score / highest) * bins))]!++
  return counts
}
