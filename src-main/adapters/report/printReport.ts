import type { CommissioningReport, ReportedFigure } from '../../domain/commissioningReport.ts'
import { drawPicture } from './drawPicture.ts'
import { drawScores } from './drawScores.ts'
import { bytesOf, footers, heading, ink, keepTogether, margin, openPaper, paragraph, table, type Fonts, type Pdf } from './paper.ts'
import { createWriter, type ReportTexts, type Writer } from './reportTexts.ts'

export interface PrintRequest {
  readonly report: CommissioningReport
  readonly picture: Uint8Array | null
  readonly language: string
}

/** See `ReportPrinter.print`. */
export function printReport({ report, picture, language }: PrintRequest, texts: ReportTexts, fonts: Fonts): Promise<Uint8Array> {
  const writer = createWriter(texts, language)
  const { say } = writer
  const title = say('title', { station: report.station })
  const pdf = openPaper({ title, language, madeAt: report.madeAt, fonts })
  pdf.font('bold').fontSize(18).text(title, margin, pdf.y).moveDown(0.4)
  writeOrigin(pdf, report, writer)
  writeSteps(pdf, report, writer)
  if (report.picture && picture) {
    heading(pdf, say('heading.picture'))
    drawPicture(pdf, report.picture, picture, report.regions)
  }
  writeFigures(pdf, report, writer)
  writeRegions(pdf, report, writer)
  writeRefusals(pdf, report, writer)
  writeSignatures(pdf, report, writer)
  writeFiles(pdf, report, writer)
  footers(pdf, `${report.station} · ${report.recipe ?? say('noRecipe')}`, (page, pages) => say('page', { page, pages }))
  return bytesOf(pdf)
}

function writeOrigin(pdf: Pdf, { isSimulated, recipe, madeAt, software }: CommissioningReport, { say, dateTime }: Writer): void {
  if (isSimulated) paragraph(pdf, say('simulated'), ink.warn)
  if (!recipe) paragraph(pdf, say('isDraft'), ink.warn)
  paragraph(pdf, say('madeAt', { at: dateTime(madeAt) }))
  paragraph(pdf, say('software', { version: software.version, onnxruntime: software.onnxruntime, node: software.node, platform: software.platform }))
}

function writeSteps(pdf: Pdf, { steps }: CommissioningReport, { say, number }: Writer): void {
  heading(pdf, say('heading.steps'))
  table(pdf, [0.3, 0.2, 0.2, 0.12, 0.18], [
    [say('column.step'), say('column.status'), say('column.time'), say('column.visits'), say('column.setbacks')],
    ...steps.map(({ id, status, spentSeconds, targetMinutes, visits, setbacks }) => [
      say(`wizard:step.${id}.title`), say(`wizard:phase.${status}`), say('minutes', { spent: number(spentSeconds / 60, 2), target: targetMinutes }), String(visits), String(setbacks.length),
    ]),
  ])
  const spent = steps.reduce((sum, step) => sum + step.spentSeconds, 0) / 60
  paragraph(pdf, say('total', { spent: number(spent, 3), target: steps.reduce((sum, step) => sum + step.targetMinutes, 0) }))
}

function writeFigures(pdf: Pdf, { steps }: CommissioningReport, writer: Writer): void {
  const { say } = writer
  heading(pdf, say('heading.figures'))
  table(pdf, [0.2, 0.26, 0.2, 0.16, 0.18], [
    [say('column.step'), say('column.figure'), say('column.value'), say('column.limit'), say('column.instrument')],
    ...steps.flatMap(({ id, figures }) =>
      figures.map((figure) => [
        say(`wizard:step.${id}.title`),
        [say(`figure.${figure.name}`), figure.of && outputOrRegion(figure.of, writer)].filter(Boolean).join(': '),
        valueOf(figure, writer),
        figure.limit ? say(figure.limit.bound, { value: amount(figure.limit.value, figure.unit, writer) }) : '–',
        say(`instrument.${figure.instrument}`),
      ]),
    ),
  ])
}

/** Figures of outputs are named by the output, those of regions by what the technician called them. */
function outputOrRegion(of: string, { say }: Writer): string {
  const key = `output.${of}`
  const output = say(key)
  return output === key ? of : output
}

function valueOf(figure: ReportedFigure, writer: Writer): string {
  const value = amount(figure.value, figure.unit, writer)
  const { interval } = figure
  return interval ? `${value} (${writer.percent(interval.low)}–${writer.percent(interval.high)}, n = ${interval.n})` : value
}

function amount(value: number, unit: ReportedFigure['unit'], { number, percent, say }: Writer): string {
  return unit === 'share' ? percent(value) : unit === '' ? number(value, 4) : `${number(value)} ${say(`unit.${unit}`)}`
}

function writeRegions(pdf: Pdf, { regions, notCovered }: CommissioningReport, writer: Writer): void {
  const { say, percent } = writer
  heading(pdf, say('heading.regions'), 170)
  for (const region of regions) {
    keepTogether(pdf, 150)
    pdf.font('bold').text(region.name, margin, pdf.y).font('regular')
    drawScores(pdf, region, writer)
    paragraph(pdf, sayMisses(region.knownBadScores.filter((score) => score <= region.unsureAbove).length, region.knownBadScores.length, say, percent))
    if (region.reason) paragraph(pdf, say('because', { reason: region.reason }))
  }
  heading(pdf, say('heading.notCovered'))
  paragraph(pdf, notCovered.length > 0 ? notCovered.join(', ') : say('nothingDeclared'))
}

/** "0 of 30 missed: at most 10 % at 95 %" (rule of three, exact), or that nobody can know. */
function sayMisses(missed: number, shown: number, say: Writer['say'], percent: Writer['percent']): string {
  if (shown === 0) return say('missesUnknown')
  return missed === 0 ? say('noneMissed', { shown, atMost: percent(1 - 0.05 ** (1 / shown)) }) : say('someMissed', { missed, shown })
}

function writeRefusals(pdf: Pdf, { steps }: CommissioningReport, { say, dateTime }: Writer): void {
  heading(pdf, say('heading.setbacks'))
  const waived = steps.filter(({ waiver }) => waiver !== null)
  for (const { id, waiver } of waived) paragraph(pdf, say('waived', { step: say(`wizard:step.${id}.title`), who: waiver!.who, at: dateTime(waiver!.at), reason: waiver!.reason }))
  const refused = steps.flatMap(({ id, setbacks }) => setbacks.map(({ code, at }) => [dateTime(at), say(`wizard:step.${id}.title`), say(`faults:${code}.problem`)]))
  if (refused.length === 0 && waived.length === 0) paragraph(pdf, say('noSetbacks'))
  table(pdf, [0.27, 0.2, 0.53], [[say('column.at'), say('column.step'), say('column.refused')], ...refused])
}

function writeSignatures(pdf: Pdf, { signatures }: CommissioningReport, { say, dateTime }: Writer): void {
  heading(pdf, say('heading.signatures'))
  if (signatures.length === 0) paragraph(pdf, say('unsigned'), ink.warn)
  table(pdf, [0.25, 0.17, 0.33, 0.25], [
    [say('column.name'), say('column.role'), say('column.meaning'), say('column.at')],
    ...signatures.map(({ name, role, meaning, at }) => [name, say(`common:role.${role}`), say(`wizard:sign.meaning.${meaning}`), dateTime(at)]),
  ])
}

function writeFiles(pdf: Pdf, { files, recipe }: CommissioningReport, { say }: Writer): void {
  heading(pdf, say('heading.files'))
  paragraph(pdf, say('filesHelp'))
  const all = [...(recipe ? [{ role: 'recipe', sha256: recipe }] : []), ...files]
  table(pdf, [0.2, 0.8], [[say('column.file'), 'SHA-256'], ...all.map(({ role, sha256 }) => [say(`file.${role}`), sha256])], 'mono')
}
