import PDFDocument from 'pdfkit'

export type Pdf = InstanceType<typeof PDFDocument>

/** Font files (TrueType), complete enough for the names of people and places in Europe. */
export interface Fonts { readonly regular: string; readonly bold: string; readonly mono: string }

export const ink = { text: '#202428', quiet: '#5A6168', line: '#C4C7CA', fill: '#E6E7E9', warn: '#B3261E' } as const

/** A4, points. */
export const margin = 50

export interface PaperOptions { readonly title: string; readonly language: string; readonly madeAt: string; readonly fonts: Fonts }

/** An empty PDF/A-2b document (ISO 19005-2) whose fonts are embedded; its date is the report's, so that equal reports are equal files. */
export function openPaper({ title, language, madeAt, fonts }: PaperOptions): Pdf {
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    subset: 'PDF/A-2b',
    pdfVersion: '1.7',
    lang: language,
    tagged: true,
    displayTitle: true,
    font: fonts.regular,
    info: { Title: title, Creator: 'Stationmaster', Producer: 'Stationmaster', CreationDate: new Date(madeAt), ModDate: new Date(madeAt) },
  })
  pdf.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold).registerFont('mono', fonts.mono)
  return pdf.font('regular').fontSize(9).fillColor(ink.text)
}

export const contentWidth = (pdf: Pdf): number => pdf.page.width - 2 * margin

/** Begins a new page when less than this is left of the present one. */
export function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - margin) pdf.addPage()
}

/** A heading and what must not be parted from it, `below` points high. */
export function heading(pdf: Pdf, text: string, below = 40): void {
  keepTogether(pdf, 20 + below)
  pdf.moveDown(0.9).font('bold').fontSize(12).fillColor(ink.text).text(text, margin, pdf.y)
  pdf.moveDown(0.3).font('regular').fontSize(9)
}

export function paragraph(pdf: Pdf, text: string, colour: string = ink.text): void {
  pdf.font('regular').fontSize(9).fillColor(colour).text(text, margin, pdf.y, { width: contentWidth(pdf) })
  pdf.fillColor(ink.text).moveDown(0.2)
}

/** Rows of cells, the first row bold; widths are shares of the page's. */
export function table(pdf: Pdf, widths: readonly number[], rows: readonly (readonly string[])[], font: 'regular' | 'mono' = 'regular'): void {
  if (rows.length < 2) return
  const width = contentWidth(pdf)
  pdf.font(font).fontSize(font === 'mono' ? 7 : 8)
  pdf.table({
    position: { x: margin, y: pdf.y },
    maxWidth: width,
    columnStyles: widths.map((share) => share * width),
    rowStyles: (row) => ({ border: [0, 0, 0.5, 0], borderColor: ink.line, padding: 3, ...(row === 0 && { font: { src: 'bold', size: 8 } }) }),
    data: rows.map((row) => [...row]),
  })
  pdf.font('regular').fontSize(9).moveDown(0.3)
}

/** "Station, recipe · page of pages" on every page, once all are there. */
export function footers(pdf: Pdf, left: string, sayPage: (page: number, pages: number) => string): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let i = start; i < start + count; i++) {
    pdf.switchToPage(i)
    const y = pdf.page.height - margin + 14
    pdf.page.margins.bottom = 0
    pdf.font('regular').fontSize(7).fillColor(ink.quiet)
    pdf.text(left, margin, y, { width: contentWidth(pdf) * 0.75, lineBreak: false })
    pdf.text(sayPage(i - start + 1, count), margin, y, { width: contentWidth(pdf), align: 'right', lineBreak: false })
    pdf.page.margins.bottom = margin
  }
}

export function bytesOf(pdf: Pdf): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => { chunks.push(chunk) })
  return new Promise((resolve, reject) => {
    pdf.on('end', () => { resolve(new Uint8Array(Buffer.concat(chunks))) })
    pdf.on('error', reject)
    pdf.end()
  })
}
