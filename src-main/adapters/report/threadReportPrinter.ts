import type { ReportPrinter } from '../../ports/reportPrinter.ts'
import { openThread } from '../lane/openThread.ts'
import type { PrintRequest } from './printReport.ts'

/** Reports through pdfkit, in a thread whose entry file (`hosts/reportThread`) is `entry`. */
export function threadReportPrinter(entry: URL): ReportPrinter {
  const thread = openThread('report', entry)
  return {
    print: (report, picture, language) => thread.call<Uint8Array>('print', { report, picture, language } satisfies PrintRequest),
    close: () => thread.close(),
  }
}
