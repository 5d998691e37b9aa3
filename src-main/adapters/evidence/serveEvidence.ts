import { fault } from '../../domain/fault.ts'
import type { OriginalImage } from '../../domain/frame.ts'
import type { Health } from '../../domain/health.ts'
import type { InspectionId, Sha256 } from '../../domain/ids.ts'
import type { Inspection, OutputReceipt } from '../../domain/inspection.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ArtifactKind, AuditEntry, EvidenceReport, RecentFilter, ReplayQuestion } from '../../ports/evidence.ts'
import { serveLane, type LaneChannel, type LaneContext } from '../lane/lane.ts'
import type { DiskLimits } from './diskGuard.ts'
import { openEvidenceStore, type EvidenceStore } from './evidenceStore.ts'
import type { StoreTools } from './storeTools.ts'

export interface OpenedStore {
  readonly report: EvidenceReport
  readonly health: Health
}

/** How soon a disk that fills while the line stands still is noticed. */
const healthPeriodMs = 1000

/** The inside of the evidence thread. Calls run one after another to their end, so the store needs no locks of its own. */
export function serveEvidence(channel: LaneChannel, tools: StoreTools): void {
  let store: EvidenceStore | undefined
  let tellHealth = (): void => undefined

  /** The note with the new health leaves before the answer, so the caller knows it first. */
  const ask =
    <A, T>(work: (store: EvidenceStore, argument: A) => Result<T>) =>
    async (argument: A): Promise<Result<T>> => {
      const result = store ? work(store, argument) : fail(fault('evidence/unavailable', 'the evidence store is not open'))
      tellHealth()
      return result
    }

  serveLane(channel, {
    open: async ({ directory, limits }: { directory: string; limits: DiskLimits }): Promise<Result<OpenedStore>> => {
      const opened = openEvidenceStore(directory, limits, tools)
      if (!opened.ok) return opened
      store = opened.value
      return succeed({ report: store.report, health: store.health() })
    },
    watchHealth: async (_: unknown, { signal, notify }: LaneContext): Promise<void> => {
      let told: Health | undefined
      tellHealth = () => {
        const health = store?.health()
        if (health && (health.status !== told?.status || health.detail !== told.detail)) notify((told = health))
      }
      for (; store && !signal.aborted; await tools.clock.sleep(healthPeriodMs, signal)) tellHealth()
    },
    record: ask((s, { inspection, image }: { inspection: Inspection; image: OriginalImage | null }) => s.record(inspection, image)),
    close: ask((s, { id, receipt }: { id: InspectionId; receipt: OutputReceipt }) => s.close(id, receipt)),
    inspection: ask((s, id: InspectionId) => s.inspection(id)),
    image: ask((s, id: InspectionId) => s.image(id)),
    recent: ask((s, { limit, filter }: { limit: number; filter: RecentFilter }) => s.recent(limit, filter)),
    totals: ask((s) => s.totals()),
    known: ask((s, sourceKeys: readonly string[]) => s.known(sourceKeys)),
    scoreSeries: ask((s) => s.scoreSeries()),
    replay: ask((s, question: ReplayQuestion) => s.replay(question)),
    keep: ask((s, { kind, bytes }: { kind: ArtifactKind; bytes: Uint8Array }) => s.keep(kind, bytes)),
    fetch: ask((s, { kind, sha256 }: { kind: ArtifactKind; sha256: Sha256 }) => s.fetch(kind, sha256)),
    saveDocument: ask((s, { name, value }: { name: string; value: unknown }) => s.saveDocument(name, value)),
    loadDocument: ask((s, name: string) => s.loadDocument(name)),
    audit: ask((s, entry: AuditEntry) => s.audit(entry)),
    shutDown: async (): Promise<void> => {
      store?.shutDown()
      store = undefined
    },
  })
}
