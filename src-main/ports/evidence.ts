import type { OriginalImage } from '../domain/frame.ts'
import type { Health } from '../domain/health.ts'
import type { InspectionId, Sha256 } from '../domain/ids.ts'
import type { ClosedInspection, Inspection, OutputReceipt } from '../domain/inspection.ts'
import type { NewLine, ReplayTally, ScoreSeries } from '../domain/replay.ts'
import type { Result } from '../domain/result.ts'
import type { Outcome } from '../domain/verdict.ts'

/**
 * The evidence store: one writer on a lane of its own. Obligations:
 * - `open` sets WAL and synchronous=FULL, reads them back and refuses to run otherwise (evidence/notDurable); sweeps what a
 *   crash left: `*.tmp` removed, files without row to quarantine, rows without file flagged; never deletes or recreates a database.
 * - `record` resolves only when image and row would survive a power cut: tmp, fdatasync, rename, fsync of the directory, row,
 *   commit. A `sourceKey` that is already there is evidence/duplicate and changes nothing. A frame comes with its bytes, or neither;
 *   the store fills `frame.image` from the bytes, and refuses a hash given there that is another (evidence/integrity).
 * - `close` (the receipt) comes after the output; an inspection left without receipt by a crash keeps null.
 * - Immutable files (`keep`, `fetch`) are named by the SHA-256 of their bytes, and checked against it when read.
 *   One that is not there is recipe/missing, model/missing or, for a baseline image and for patches, request/notFound.
 * - Documents (`saveDocument`) are small, named, replaced atomically and durably: commissioning progress and settings. One that was
 *   never saved is request/notFound.
 * - Scores are kept beside the records: `replay` counts one page of parts, oldest first, without reading a record or a heat map, in
 *   a time that keeps no part waiting; `next` is where the next page begins.
 */
export interface EvidencePort {
  open(): Promise<Result<EvidenceReport>>
  record(inspection: Inspection, image: OriginalImage | null): Promise<Result<ClosedInspection>>
  close(id: InspectionId, receipt: OutputReceipt): Promise<Result<ClosedInspection>>
  inspection(id: InspectionId): Promise<Result<ClosedInspection>>
  image(id: InspectionId): Promise<Result<OriginalImage>>
  /** Newest first. */
  recent(limit: number, filter?: RecentFilter): Promise<Result<readonly ClosedInspection[]>>
  totals(): Promise<Result<EvidenceTotals>>
  /** Which of these source keys have a record already. */
  known(sourceKeys: readonly string[]): Promise<Result<readonly string[]>>
  /** The one used last comes first. */
  scoreSeries(): Promise<Result<readonly ScoreSeries[]>>
  replay(question: ReplayQuestion): Promise<Result<ReplayPage>>
  keep(kind: ArtifactKind, bytes: Uint8Array): Promise<Result<Sha256>>
  fetch(kind: ArtifactKind, sha256: Sha256): Promise<Result<Uint8Array>>
  saveDocument(name: string, value: unknown): Promise<Result<void>>
  loadDocument(name: string): Promise<Result<unknown>>
  audit(entry: AuditEntry): Promise<Result<void>>
  health(): Health
  shutDown(): Promise<void>
}

/** All, those of one outcome, or the parts that were put there to be rejected. */
export type RecentFilter = { readonly outcome?: Outcome } | { readonly isChallenge: true }

export interface ReplayQuestion {
  readonly line: NewLine
  /** Wall time in ms since 1970: from this one on … */
  readonly sinceMs?: number
  /** … and up to, and without, this one. */
  readonly untilMs?: number
  /** 0, and then `next` of the page before. */
  readonly after: number
}

export interface ReplayPage {
  readonly tally: ReplayTally
  readonly next: number | null
  /** Share of the store that has been looked at, 0–1. */
  readonly done: number
}

/** `patches`: what normal patches of a model look like, for explanations. */
export const artifactKinds = ['recipe', 'model', 'baseline', 'patches', 'report'] as const
export type ArtifactKind = (typeof artifactKinds)[number]

/** Who did what, when and why (21 CFR 11.10(e)); wall time is set by the store. */
export interface AuditEntry {
  readonly who: string
  readonly what: string
  readonly why?: string
  readonly before?: unknown
  readonly after?: unknown
}

export interface EvidenceReport {
  readonly directory: string
  readonly sqliteVersion: string
  readonly pragmas: Readonly<Record<string, string | number>>
  readonly sweep: { readonly temporaryRemoved: number; readonly quarantined: number; readonly imagesMissing: number; readonly unclosed: number }
  readonly freeBytes: number
}

export interface EvidenceTotals {
  readonly inspections: number
  readonly passes: number
  readonly fails: number
  readonly unsure: number
  readonly faults: number
  readonly rejects: number
  readonly bytes: number
  readonly freeBytes: number
  /** Hours that the free space lasts at the measured bytes per part and the rate of the last hour; null before both are known. */
  readonly hoursLeft: number | null
  readonly faultsByCode: Readonly<Record<string, number>>
}
