import { handOver } from '../../adapters/learner/processLearner.ts'
import { withLearningProcess } from '../../adapters/learner/learningProcess.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { succeed, type Result } from '../../domain/result.ts'
import type { ImporterPort, SealedDetector } from '../../ports/importer.ts'
import type { EnrolledRegion } from '../../ports/learner.ts'
import type { OpenForeign } from './importerMethods.ts'

/** A child process of its own for each import and each learning with an imported file. */
export function processImporter(entry: URL, bindingPath?: string): ImporterPort {
  return {
    tryOut: (kind, path, regions, signal) =>
      withLearningProcess({ entry, bindingPath }, signal, async (lane) => {
        const opened = await lane.call<Result<Sha256>>('open', { kind, path } satisfies OpenForeign)
        if (!opened.ok) return opened
        await handOver({ regions }, lane)
        const tried = await lane.call<Result<null>>('tryOut', undefined)
        return tried.ok ? succeed({ kind, path, sha256: opened.value }) : tried
      }),
    learnerFrom: (source) => ({
      enrol: (request, onProgress, signal) =>
        withLearningProcess({ entry, bindingPath }, signal, async (lane) => {
          const opened = await lane.call<Result<Sha256>>('open', source satisfies OpenForeign)
          if (!opened.ok) return opened
          await handOver(request, lane)
          return lane.call<Result<readonly EnrolledRegion[]>>('enrol', request.seed, { onNote: onProgress })
        }),
    }),
    sealDetector: (wanted, signal) => withLearningProcess({ entry, bindingPath }, signal, (lane) => lane.call<Result<SealedDetector>>('detector', wanted)),
  }
}
