import { createServer } from 'node:net'
import { listening, somewhereHere } from '../../adapters/plc/conveyor/listening.ts'
import { openPlcLine } from '../../adapters/plc/conveyor/plcLine.ts'
import { openRemoteIoLine } from '../../adapters/plc/conveyor/remoteIoLine.ts'
import type { SimulatedLine } from '../../adapters/plc/conveyor/simulatedLine.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { judgedBelt, judgedDeadlineMs, type JudgedCourse } from './judgedRecipe.ts'
import { drawPart, looksDefective } from './partPicture.ts'

export interface OpenCourse {
  readonly line: SimulatedLine
  /** What the station is told to connect to, or to listen on. */
  readonly plcTarget: string
}

/** The conveyor of a course, on a free port of this machine. */
export async function openCourse(course: JudgedCourse, clock: ClockPort): Promise<OpenCourse> {
  const plan = judgedBelt(course)
  if (course.role === 'client') {
    const line = await openRemoteIoLine(plan, somewhereHere, clock)
    return { line, plcTarget: `tcp://${somewhereHere.host}:${line.port}` }
  }
  const station = { ...somewhereHere, port: await freePort() }
  const line = await openPlcLine({ plan, station, deadlineMs: judgedDeadlineMs(course), clock })
  return { line, plcTarget: `listen://${station.host}:${station.port}?allow=${somewhereHere.host}` }
}

/** What the camera would see at this moment. */
export function pictureNow({ world }: SimulatedLine, { seed }: JudgedCourse): Uint8Array {
  const before = world.beforeCamera
  const pictured = before ? { part: before.part, looksDefective: looksDefective(seed, before.part, before.isDefective) } : { part: 0, looksDefective: true }
  return drawPart(pictured, seed).bytes
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listening(server, somewhereHere)
  await new Promise((resolve) => { server.close(resolve) })
  return port
}
