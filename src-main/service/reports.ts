import type { CommissioningReport } from '../domain/commissioningReport.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { Software } from '../domain/inspection.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ReportPrinter } from '../ports/reportPrinter.ts'
import { canonicalJson } from '../records/canonicalJson.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { makeReport } from '../station/commissioning/makeReport.ts'
import type { ReportEntry } from '../../src-preload/contract/report.ts'
import type { Pictures } from './pictures.ts'

export interface ReportParts {
  readonly clock: ClockPort
  readonly evidence: EvidencePort
  readonly printer: ReportPrinter
  readonly pictures: Pictures
  readonly software: Software
}

const printWidthPx = 1_200

/** Commissioning reports: kept as canonical JSON under their hash, printed in any language when somebody asks. */
export class Reports {
  readonly #parts: ReportParts

  constructor(parts: ReportParts) {
    this.#parts = parts
  }

  /** Newest first. */
  async list(): Promise<Result<ReportEntry[]>> {
    const found = await this.#parts.evidence.loadDocument('reports')
    if (found.ok) return succeed(found.value as ReportEntry[])
    return found.fault.code === 'request/notFound' ? succeed([]) : found
  }

  /** Puts the report of a finished draft on the shelf. */
  async keep(draft: CommissioningDraft, recipe: Sha256): Promise<Result<null>> {
    const { evidence } = this.#parts
    const report = this.#make(draft, recipe)
    const kept = await evidence.keep('report', new TextEncoder().encode(canonicalJson(report)))
    if (!kept.ok) return kept
    const earlier = await this.list()
    if (!earlier.ok) return earlier
    const entry: ReportEntry = { sha256: kept.value, station: report.station, madeAt: report.madeAt, recipe, signedBy: report.signatures.map(({ name }) => name) }
    const listed = await evidence.saveDocument('reports', [entry, ...earlier.value])
    return listed.ok ? succeed(null) : listed
  }

  async json(sha256: Sha256): Promise<Result<Blob>> {
    const bytes = await this.#parts.evidence.fetch('report', sha256)
    return bytes.ok ? succeed(new Blob([new Uint8Array(bytes.value)], { type: 'application/json' })) : bytes
  }

  async pdf(sha256: Sha256, language: string): Promise<Result<Blob>> {
    const bytes = await this.#parts.evidence.fetch('report', sha256)
    return bytes.ok ? this.#print(JSON.parse(new TextDecoder().decode(bytes.value)) as CommissioningReport, language) : bytes
  }

  /** What the report would say if commissioning ended now. */
  draftPdf(draft: CommissioningDraft, language: string): Promise<Result<Blob>> { return this.#print(this.#make(draft, null), language) }

  #make(draft: CommissioningDraft, recipe: Sha256 | null): CommissioningReport {
    const { clock, software } = this.#parts
    return makeReport(draft, { recipe, software, madeAt: clock.wallTime() })
  }

  async #print(report: CommissioningReport, language: string): Promise<Result<Blob>> {
    const { evidence, pictures, printer } = this.#parts
    const { picture } = report
    const original = picture && (await evidence.fetch('baseline', picture.sha256))
    if (original && !original.ok) return fail(original.fault)
    const shown = picture && original ? await pictures.stored({ bytes: original.value, mediaType: picture.mediaType }, printWidthPx) : null
    if (shown && !shown.ok) return shown
    const bytes = await printer.print(report, shown && new Uint8Array(await shown.value.arrayBuffer()), language)
    return succeed(new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }))
  }
}
