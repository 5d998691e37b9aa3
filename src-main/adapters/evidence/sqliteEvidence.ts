import type { Health } from '../../domain/health.ts'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { EvidencePort, EvidenceReport } from '../../ports/evidence.ts'
import { defaultDiskLimits, type DiskLimits } from './diskGuard.ts'
import { startThread, type LaneThread } from './laneThread.ts'
import type { OpenedStore } from './serveEvidence.ts'

export interface SqliteEvidenceOptions {
  readonly directory: string
  /** hosts/evidenceThread, as source or as built. */
  readonly thread: URL
  readonly limits?: DiskLimits
}

/**
 * Evidence in SQLite and plain files, written by a thread of its own: the caller's loop touches no disk. Image bytes that lie in
 * a SharedArrayBuffer reach the thread without a copy. `open` may be called again, after the thread has died or the disk was
 * mounted anew; a thread that has died answers every call with evidence/unavailable.
 */
export function sqliteEvidence({ directory, thread: entry, limits = defaultDiskLimits }: SqliteEvidenceOptions): EvidencePort {
  let thread: LaneThread | undefined
  let health: Health = { status: 'waiting', detail: 'the evidence store is not open' }

  const ask = async <T>(method: string, argument?: unknown): Promise<Result<T>> => {
    const asked = thread
    if (!asked) return fail(fault('evidence/unavailable', 'the evidence store is not open'))
    try {
      return await asked.lane.call<Result<T>>(method, argument)
    } catch (error) {
      const ending = asked.ending()
      if (ending === undefined) throw error
      return fail(fault('evidence/unavailable', ending))
    }
  }

  const shutDown = async (): Promise<void> => {
    const stopped = thread
    thread = undefined
    health = { status: 'waiting', detail: 'the evidence store is not open' }
    if (!stopped) return
    if (stopped.ending() === undefined) await stopped.lane.call('shutDown', undefined).finally(stopped.stop)
  }

  const open = async (): Promise<Result<EvidenceReport>> => {
    await shutDown()
    const started = (thread = startThread(entry, (ending) => { if (thread === started) health = { status: 'failure', detail: ending } }))
    const opened = await ask<OpenedStore>('open', { directory, limits })
    if (!opened.ok) {
      await shutDown()
      health = { status: 'failure', detail: opened.fault.detail }
      return opened
    }
    health = opened.value.health
    const listen = (news: Health): void => { if (thread === started) health = news }
    // Ends with the thread, and how a thread ends is heard above.
    started.lane.call('watchHealth', undefined, { onNote: listen }).catch(() => undefined)
    return succeed(opened.value.report)
  }

  return {
    open,
    shutDown,
    health: () => health,
    record: (inspection, image) => ask('record', { inspection, image: image && { ...image, bytes: alone(image.bytes) } }),
    close: (id, receipt) => ask('close', { id, receipt }),
    inspection: (id) => ask('inspection', id),
    image: (id) => ask('image', id),
    recent: (limit, filter = {}) => ask('recent', { limit, filter }),
    totals: () => ask('totals'),
    known: (sourceKeys) => ask('known', sourceKeys),
    scoreSeries: () => ask('scoreSeries'),
    replay: (question) => ask('replay', question),
    keep: (kind, bytes) => ask('keep', { kind, bytes: alone(bytes) }),
    fetch: (kind, sha256) => ask('fetch', { kind, sha256 }),
    saveDocument: (name, value) => ask('saveDocument', { name, value }),
    loadDocument: (name) => ask('loadDocument', name),
    audit: (entry) => ask('audit', entry),
  }
}

/** A view takes its whole buffer along when it crosses to a thread; a small part of a large one is cut out first. */
const alone = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer instanceof SharedArrayBuffer || bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
