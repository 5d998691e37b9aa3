/** The report thread: pages are laid out here, away from the main loop. Started by `threadReportPrinter`. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { printReport, type PrintRequest } from '../adapters/report/printReport.ts'
import type { ReportTexts, Texts } from '../adapters/report/reportTexts.ts'
import { resourcePath } from './appPaths.ts'

const fontFolder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const fonts = { regular: join(fontFolder, 'DejaVuSans.ttf'), bold: join(fontFolder, 'DejaVuSans-Bold.ttf'), mono: join(fontFolder, 'DejaVuSansMono.ttf') }

function textsIn(language: string): ReportTexts {
  const read = (room: string): Texts => JSON.parse(readFileSync(resourcePath('translations', language, `${room}.json`), 'utf8')) as Texts
  return { report: read('report'), wizard: read('wizard'), common: read('common'), faults: read('faults') }
}

serveLane(ownChannel(), { print: (request: PrintRequest) => printReport(request, textsIn(request.language), fonts) })
