import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteEvidence } from '../../src-main/adapters/evidence/sqliteEvidence.ts'
import { migrations } from '../../src-main/adapters/evidence/migrations.ts'
import { someImage, someInspection, someReceipt } from '../support/someInspection.ts'

/** Stores a database of today's version beside this file, once, when a migration is added: `node test/migrations/storeVersion.ts`. */
const directory = mkdtempSync(join(tmpdir(), 'version-'))
const evidence = sqliteEvidence({
  directory,
  thread: new URL('../../src-main/hosts/evidenceThread.ts', import.meta.url),
  limits: { freeBytesFloor: 0, ballastBytes: 0 },
})
await evidence.open()
await evidence.record(someInspection(1), someImage(1, 64))
await evidence.close(someInspection(1).resultId, someReceipt())
await evidence.record(someInspection(2, { outcome: 'fail', disposition: 'reject' }), someImage(2, 64))
await evidence.record(someInspection(3, { frame: null, readings: [], outcome: null, disposition: 'hold', fault: { code: 'camera/timeout', detail: 'nothing came' } }), null)
await evidence.audit({ who: 'engineer', what: 'recipe.activate', before: null, after: { recipe: 'a' } })
await evidence.shutDown()
copyFileSync(join(directory, 'evidence.sqlite'), new URL(`v${migrations.length}.sqlite`, import.meta.url), 1)
rmSync(directory, { recursive: true })
