import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { fault } from '../../domain/fault.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PatchPort, PatchShape } from '../../ports/patches.ts'
import { forkLane, processChannel } from '../lane/channels.ts'
import { openLane, type Lane } from '../lane/lane.ts'
import type { OpenArgument, ReadArgument } from './patchMethods.ts'

export interface PatchProcess {
  /** `hosts/patchesProcess`. */
  readonly entry: URL
  readonly clock: Pick<ClockPort, 'sleep'>
  readonly bindingPath?: string | undefined
}

interface Life {
  readonly lane: Lane
  readonly child: ChildProcess
  readonly shapes: Map<Sha256, PatchShape | null>
  readonly ended: Promise<unknown>
}

/** A graph is built and run in well under a second, and even on a machine that is starved in far less than this: then it hangs. */
const deadlineMs = 45_000
/** Nobody explains anything for so long: its memory is given back. */
const idleMs = 60_000

/** Patches read in a child process that is started for the first question and ends when none has come for a minute. */
export function processPatches({ entry, clock, bindingPath }: PatchProcess): PatchPort {
  let life: Life | undefined
  let rest = new AbortController()

  const start = (): Life => {
    const child = forkLane(entry, bindingPath === undefined ? [] : [bindingPath])
    const lane = openLane(processChannel(child))
    const born: Life = {
      lane, child, shapes: new Map(),
      ended: once(child, 'exit').catch(() => undefined).then(() => {
        lane.fail('the patches process ended')
        if (life === born) life = undefined
      }),
    }
    return born
  }
  /** Each question puts off the end. */
  const endWhenIdle = (): void => {
    rest.abort()
    const wait = (rest = new AbortController())
    void clock.sleep(idleMs, wait.signal).then(() => { if (!wait.signal.aborted) life?.child.kill('SIGKILL') })
  }
  const ask = async <T>(method: string, argument: unknown): Promise<Result<T>> => {
    const asked = (life ??= start())
    endWhenIdle()
    const answered = new AbortController()
    const late = clock.sleep(deadlineMs, answered.signal).then(() => fail(fault('model/timeout', `the patches process gave no answer to ${method}`, { limit: deadlineMs })))
    const answer = await Promise.race([asked.lane.call<Result<T>>(method, argument).catch((error: unknown) => died(asked, error)), late])
    answered.abort()
    if (!answer.ok && answer.fault.code === 'model/timeout') asked.child.kill('SIGKILL')
    return answer
  }
  /** A process that is gone is trouble; an error that it sends is a bug. */
  const died = (asked: Life, error: unknown): Result<never> => {
    if (asked === life) throw error
    return fail(fault('model/unavailable', 'the patches process ended before it answered'))
  }

  return {
    async open(sha256, bytes) {
      const known = life?.shapes.get(sha256)
      if (known !== undefined) return succeed(known)
      const opened = await ask<PatchShape | null>('open', { sha256, bytes } satisfies OpenArgument)
      if (opened.ok) life?.shapes.set(sha256, opened.value)
      return opened
    },
    read: (sha256, crop) => ask('read', { sha256, crop } satisfies ReadArgument),
    async close() {
      rest.abort()
      life?.child.kill('SIGKILL')
      await life?.ended
    },
  }
}
