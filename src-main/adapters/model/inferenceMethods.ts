import { fault } from '../../domain/fault.ts'
import type { Crop } from '../../domain/frame.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { RawDetections, RawScore } from '../../domain/verdict.ts'
import type { LoadedModel } from '../../ports/model.ts'
import type { LaneMethods } from '../lane/lane.ts'
import type { DetectorSession } from './detectorSession.ts'
import { openSealedSession, type SealedSession, type SessionSettings } from './sealedSession.ts'

export interface LoadArgument {
  readonly sha256: Sha256
  readonly bytes: Uint8Array
  readonly settings: SessionSettings
}

/** What the inference process does for `onnxModel`: one call at a time, in their order. */
export function inferenceMethods(): LaneMethods {
  const sessions = new Map<Sha256, SealedSession | DetectorSession>()

  const load = async ({ sha256, bytes, settings }: LoadArgument): Promise<Result<LoadedModel>> => {
    const session = await openSealedSession(sha256, bytes, settings)
    if (!session.ok) return session
    sessions.set(sha256, session.value)
    return succeed(session.value.model)
  }
  const run = async (crops: readonly Crop[]): Promise<Result<readonly RawScore[]>> => {
    const scores: RawScore[] = []
    for (const crop of crops) {
      const session = sessions.get(crop.model)
      if (!session || !('score' in session)) return fail(fault('model/missing', `no model ${crop.model} is loaded`))
      const score = await session.score(crop)
      if (!score.ok) return score
      scores.push(score.value)
    }
    return succeed(scores)
  }
  const detect = async (crops: readonly Crop[]): Promise<Result<readonly RawDetections[]>> => {
    const found: RawDetections[] = []
    for (const crop of crops) {
      const session = sessions.get(crop.model)
      if (!session || !('detect' in session)) return fail(fault('model/missing', `no detector ${crop.model} is loaded`))
      const detections = await session.detect(crop)
      if (!detections.ok) return detections
      found.push(detections.value)
    }
    return succeed(found)
  }
  const unloadAll = async (): Promise<Result<void>> => {
    await Promise.all([...sessions.values()].map((session) => session.release()))
    sessions.clear()
    return succeed(undefined)
  }

  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <A, T>(work: (argument: A) => Promise<T>) => (argument: A): Promise<T> => {
    const mine = last.then(() => work(argument))
    last = mine.catch(() => undefined)
    return mine
  }
  return { load: inTurn(load), run: inTurn(run), detect: inTurn(detect), unloadAll: inTurn(unloadAll) }
}
