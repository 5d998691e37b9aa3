import { join } from 'node:path'
import { fault, type FaultCode } from '../../domain/fault.ts'
import { sha256Pattern, type Sha256 } from '../../domain/ids.ts'
import { fail, type Result } from '../../domain/result.ts'
import type { ArtifactKind } from '../../ports/evidence.ts'
import { writeDurably } from './durableFile.ts'
import { readNamed, sha256Of } from './namedFile.ts'
import type { StoreLayout } from './storeLayout.ts'

const endings: Readonly<Record<ArtifactKind, string>> = { recipe: 'json', model: 'onnx', baseline: 'pnm', patches: 'bin', report: 'json' }
const missing: Readonly<Record<ArtifactKind, FaultCode>> = { recipe: 'recipe/missing', model: 'model/missing', baseline: 'request/notFound', patches: 'request/notFound', report: 'request/notFound' }

/** Immutable files named by their hash. */
export function artifactStore(layout: StoreLayout) {
  const fileOf = (kind: ArtifactKind, sha256: Sha256): string => join(layout[kind], `${sha256}.${endings[kind]}`)
  return {
    /** Keeping the same bytes again writes nothing; a copy that was damaged on disk is made good. */
    keep(kind: ArtifactKind, bytes: Uint8Array): Sha256 {
      const sha256 = sha256Of(bytes)
      const file = fileOf(kind, sha256)
      if (!readNamed(file, sha256)?.ok) writeDurably(file, bytes)
      return sha256
    },

    fetch(kind: ArtifactKind, sha256: Sha256): Result<Uint8Array> {
      const found = sha256Pattern.test(sha256) ? readNamed(fileOf(kind, sha256), sha256) : undefined
      return found ?? fail(fault(missing[kind], `there is no ${kind} ${sha256}`))
    },
  }
}
