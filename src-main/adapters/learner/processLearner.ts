import { once } from 'node:events'
import { fault } from '../../domain/fault.ts'
import { minimumBaselineImages } from '../../domain/recipe.ts'
import { fail, type Result } from '../../domain/result.ts'
import type { EnrolledRegion, EnrolRequest, LearnerPort } from '../../ports/learner.ts'
import { forkLane, processChannel } from '../lane/channels.ts'
import { openLane, type Lane } from '../lane/lane.ts'
import type { RegionFacts } from './learnerMethods.ts'

/**
 * LearnerPort in a child process of its own for each enrolment. `entry` is `hosts/learnerProcess`. Ending that process is how an
 * enrolment is cancelled: it holds all there is of it. A child that dies otherwise rejects; nothing expected makes it do so.
 */
export function processLearner(entry: URL): LearnerPort {
  return {
    async enrol(request, onProgress, signal) {
      const images = Math.min(...request.regions.map((region) => region.crops.length))
      if (images < minimumBaselineImages)
        return fail(fault('learning/tooFewImages', `learning needs at least ${minimumBaselineImages} good images`, { measured: images, limit: minimumBaselineImages }))
      if (signal.aborted) return cancelled
      const child = forkLane(entry)
      const lane = openLane(processChannel(child))
      const ended = once(child, 'exit').then(
        ([code, killedBy]: (string | number | null)[]) => { lane.fail(`the learning process ended (${killedBy ?? `code ${code}`})`) },
        (error: unknown) => { lane.fail(`the learning process cannot be started (${String(error)})`) },
      )
      const kill = (): void => { child.kill('SIGKILL') }
      signal.addEventListener('abort', kill, { once: true })
      try {
        await handOver(request, lane)
        const enrolled = await lane.call<Result<readonly EnrolledRegion[]>>('enrol', request.seed, { onNote: onProgress })
        return signal.aborted ? cancelled : enrolled
      } catch (error) {
        if (!signal.aborted) throw error
        return cancelled
      } finally {
        signal.removeEventListener('abort', kill)
        kill()
        await ended
      }
    },
  }
}

const cancelled = fail(fault('learning/cancelled', 'learning was cancelled'))

/** Crop by crop, each waited for: writing them all at once would block this loop and double their memory. */
async function handOver({ regions }: EnrolRequest, lane: Lane): Promise<void> {
  for (const { crops, ...facts } of regions) {
    await lane.call('addRegion', facts satisfies RegionFacts)
    for (const crop of crops) await lane.call('addCrop', crop)
  }
}
