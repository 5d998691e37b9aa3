import type { NumberedTraffic } from '../../client/stationClient.ts'

const columns = ['number', 'atMs', 'direction', 'peer', 'summary', 'bytes', 'trouble'] as const

/** RFC 4180: a head line, CRLF, and quotes around whatever holds a comma, a quote or a line break. */
export const trafficCsv = (lines: readonly NumberedTraffic[]): string =>
  [columns.join(','), ...lines.map((line) => columns.map((column) => quote(String(line[column] ?? ''))).join(','))].map((row) => `${row}\r\n`).join('')

/** One JSON document a line (jsonlines.org). */
export const trafficJsonLines = (lines: readonly NumberedTraffic[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
