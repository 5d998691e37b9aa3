import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { ownChannel } from '../lane/channels.ts'
import { serveLane } from '../lane/lane.ts'
import { outputsMethods } from './outputsMethods.ts'
import { requestRealTimePriority } from './realTimePriority.ts'

/** A link that does not answer must not keep a process alive whose main loop is gone. */
const lastWordsMs = 1_000

/**
 * Turns this process into the outputs process of `plc`. It makes the outputs safe and ends when the main process is gone, however that
 * came about, and when something throws that must not.
 */
export function serveOutputs(plc: PlcPort, clock: ClockPort): void {
  const priority = requestRealTimePriority(process.pid).then((found) => found.detail)
  serveLane(ownChannel(), outputsMethods(plc, clock, priority))

  const endSafely = (exitCode: number): void => {
    void Promise.race([plc.close(), clock.sleep(lastWordsMs)]).finally(() => { process.exit(exitCode) })
  }
  process.on('disconnect', () => { endSafely(0) })
  process.on('uncaughtException', (error) => {
    process.stderr.write(`outputs process: ${error.stack ?? error.message}\n`)
    endSafely(1)
  })
  // Ctrl-C and systemd's stop reach every process of the station; the main process decides when the outputs end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
}
