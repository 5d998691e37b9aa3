import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { sqliteEvidence } from '../../src-main/adapters/evidence/sqliteEvidence.ts'
import type { InspectionId } from '../../src-main/domain/ids.ts'
import { someImage, someInspection, someReceipt } from './someInspection.ts'

/**
 * A program that records parts until it is killed, or stands still after PARTS of them: `node recordParts.ts DIRECTORY IMAGE_BYTES
 * [PARTS]`. Like a camera that was not told of a part's record, it offers the first part again that is not known. A line on stdout is
 * a promise that a crash must not break: `recorded N RESULT_ID`, `closed N`, `saved N` for a document; then `fault CODE` and the end.
 */
const [directory, imageBytes, parts = '10000'] = process.argv.slice(2)
const clock = systemClock()
const evidence = sqliteEvidence({
  directory: directory!,
  thread: new URL('../../src-main/hosts/evidenceThread.ts', import.meta.url),
  limits: { freeBytesFloor: 1024 * 1024, ballastBytes: 1024 * 1024 },
})
const say = (line: string): void => { process.stdout.write(`${line}\n`) }

const opened = await evidence.open()
say(opened.ok ? `open ${JSON.stringify(opened.value.sweep)}` : `fault ${opened.fault.code} ${opened.fault.detail}`)
const known = opened.ok ? await evidence.known(Array.from({ length: Number(parts) }, (_, n) => someInspection(n).sourceKey)) : opened
for (let n = known.ok ? known.value.length : NaN; n < Number(parts); n++) {
  const resultId = clock.newId() as InspectionId
  const recorded = await evidence.record(someInspection(n, { resultId }), someImage(n, Number(imageBytes)))
  if (recorded.ok) say(`recorded ${n} ${resultId}`)
  const closed = recorded.ok ? await evidence.close(resultId, someReceipt()) : recorded
  if (closed.ok) say(`closed ${n}`)
  const saved = closed.ok ? await evidence.saveDocument('progress', { latest: n }) : closed
  if (saved.ok) say(`saved ${n}`)
  else {
    say(`fault ${saved.fault.code} ${saved.fault.detail}`)
    process.exit(1)
  }
}
