import type { CommissioningReport } from '../domain/commissioningReport.ts'

/**
 * Reports on paper, off the main loop. Obligations:
 * - `print` gives a PDF/A-2b file (ISO 19005-2): fonts embedded, nothing outside needed. The same report, picture and language give
 *   the same bytes.
 * - `picture` is a JPEG of the report's picture, of any size; null where there is none.
 */
export interface ReportPrinter {
  print(report: CommissioningReport, picture: Uint8Array | null, language: string): Promise<Uint8Array>
  close(): Promise<void>
}
