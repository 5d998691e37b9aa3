import type { OriginalImage } from '../../domain/frame.ts'
import { fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { InspectionId, Sha256 } from '../../domain/ids.ts'
import type { ClosedInspection, Inspection, OutputReceipt } from '../../domain/inspection.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ScoreSeries } from '../../domain/replay.ts'
import type { ArtifactKind, AuditEntry, EvidenceReport, EvidenceTotals, RecentFilter, ReplayPage, ReplayQuestion } from '../../ports/evidence.ts'
import { artifactStore } from './artifactStore.ts'
import { auditTrail } from './auditTrail.ts'
import { bootSweep } from './bootSweep.ts'
import { diskGuard, type DiskLimits } from './diskGuard.ts'
import { documentStore } from './documentStore.ts'
import { makeDirectoryDurably } from './durableFile.ts'
import { imageStore } from './imageStore.ts'
import { inspectionStore } from './inspectionStore.ts'
import { openDatabase, type OpenDatabase } from './openDatabase.ts'
import { recordInspection } from './recordInspection.ts'
import { attempt } from './storageFault.ts'
import { scoreStore } from './scoreStore.ts'
import { storeHealth } from './storeHealth.ts'
import { storeLayout, type StoreLayout } from './storeLayout.ts'
import type { StoreTools } from './storeTools.ts'
import { totals } from './totals.ts'
import { takeWriterLock, type WriterLock } from './writerLock.ts'

/** The store as its own thread sees it: the same obligations as EvidencePort, and every call blocks until the disk has it. */
export interface EvidenceStore {
  readonly report: EvidenceReport
  record(inspection: Inspection, image: OriginalImage | null): Result<ClosedInspection>
  close(id: InspectionId, receipt: OutputReceipt): Result<ClosedInspection>
  inspection(id: InspectionId): Result<ClosedInspection>
  image(id: InspectionId): Result<OriginalImage>
  recent(limit: number, filter: RecentFilter): Result<readonly ClosedInspection[]>
  totals(): Result<EvidenceTotals>
  known(sourceKeys: readonly string[]): Result<readonly string[]>
  scoreSeries(): Result<readonly ScoreSeries[]>
  replay(question: ReplayQuestion): Result<ReplayPage>
  keep(kind: ArtifactKind, bytes: Uint8Array): Result<Sha256>
  fetch(kind: ArtifactKind, sha256: Sha256): Result<Uint8Array>
  saveDocument(name: string, value: unknown): Result<void>
  loadDocument(name: string): Result<unknown>
  audit(entry: AuditEntry): Result<void>
  health(): Health
  shutDown(): void
}

/** Opens a data directory as its only writer, checks it and sweeps it. See EvidencePort.open for the Faults. */
export function openEvidenceStore(directory: string, limits: DiskLimits, tools: StoreTools): Result<EvidenceStore> {
  const layout = storeLayout(directory)
  return attempt(() => {
    makeDirectoryDurably(directory)
    const lock = takeWriterLock(layout)
    if (!lock.ok) return lock
    const opened = attempt(() => openDatabase(layout))
    const store = opened.ok ? attempt(() => succeed(assembleStore(layout, limits, tools, opened.value, lock.value))) : opened
    if (store.ok) return store
    if (opened.ok) opened.value.database.close()
    lock.value.release()
    return store
  })
}

function assembleStore(layout: StoreLayout, limits: DiskLimits, tools: StoreTools, { database, sqliteVersion, pragmas }: OpenDatabase, lock: WriterLock): EvidenceStore {
  const sweep = bootSweep(database, layout, tools.clock.wallTime())
  const disk = diskGuard(layout, limits)
  const images = imageStore(layout.directory)
  const inspections = inspectionStore(database, tools.canonicalJson)
  const scores = scoreStore(database)
  const artifacts = artifactStore(layout)
  const documents = documentStore(layout, tools.canonicalJson)
  const trail = auditTrail(database, tools)
  const counted = totals(database)
  const health = storeHealth(disk)
  const read = <T>(work: () => Result<T>): Result<T> => health.hear(attempt(work), false)
  const write = <T>(work: () => Result<T>): Result<T> => health.hear(disk.insist(work), true)

  return {
    report: { directory: layout.directory, sqliteVersion, pragmas, sweep, freeBytes: disk.freeBytes() },
    record: (inspection, image) => health.hear(attempt(() => recordInspection({ disk, images, inspections }, inspection, image)), true),
    close: (id, receipt) => write(() => inspections.close(id, receipt)),
    inspection: (id) => read(() => inspections.find(id)),
    image: (id) =>
      read(() => {
        const found = inspections.find(id)
        if (!found.ok) return found
        return found.value.frame ? images.read(found.value.frame.image) : fail(fault('request/notFound', `inspection ${id} never had an image`))
      }),
    recent: (limit, filter) => read(() => succeed(inspections.recent(limit, filter))),
    totals: () => read(() => succeed(counted.count(tools.clock.wallTime(), disk.freeBytes(), disk.roomBytes()))),
    known: (sourceKeys) => read(() => succeed(inspections.known(sourceKeys))),
    scoreSeries: () => read(() => succeed(scores.series())),
    replay: (question) => read(() => succeed(scores.replay(question))),
    keep: (kind, bytes) => write(() => succeed(artifacts.keep(kind, bytes))),
    fetch: (kind, sha256) => read(() => artifacts.fetch(kind, sha256)),
    saveDocument: (name, value) => write(() => succeed(documents.save(name, value))),
    loadDocument: (name) => read(() => documents.load(name)),
    audit: (entry) => write(() => succeed(trail.add(entry))),
    health: health.now,
    shutDown() {
      // All that was promised is durable already; a disk that has gone need not be left in good order.
      attempt(() => succeed(database.close()))
      lock.release()
    },
  }
}
