import { fault } from '../../domain/fault.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { PatchShape } from '../../ports/patches.ts'
import type { LaneMethods } from '../lane/lane.ts'
import { onnxGraphOpener } from './onnxGraph.ts'
import { cutPatchGraph, layInRows } from './patchGraph.ts'

export interface OpenArgument {
  readonly sha256: Sha256
  readonly bytes: Uint8Array
}

export interface ReadArgument {
  readonly sha256: Sha256
  readonly crop: Uint8Array
}

/** Sessions kept open, the one used longest ago going first: about as many as a recipe has regions. */
const openModels = 8

/** What the patches process answers. */
export function patchMethods(): LaneMethods {
  const readers = new Map<Sha256, { readonly shape: PatchShape; read(crop: Uint8Array): Promise<Float32Array> }>()
  const openGraph = onnxGraphOpener(1)
  return {
    async open({ sha256, bytes }: OpenArgument): Promise<Result<PatchShape | null>> {
      const known = readers.get(sha256)
      if (known) return succeed(known.shape)
      try {
        const graph = cutPatchGraph(bytes)
        if (!graph) return succeed(null)
        const { width, height, length, output, inputShape } = graph
        const shape = { width, height, length }
        const run = await openGraph(graph.bytes)
        readers.set(sha256, { shape, read: async (data) => layInRows((await run({ crop: { type: 'uint8', shape: inputShape, data } }))[output]!, shape) })
        if (readers.size > openModels) readers.delete([...readers.keys()][0]!)
        return succeed(shape)
      } catch (error) {
        return fail(fault('model/invalid', `the patches of model ${sha256.slice(0, 8)} cannot be read: ${error instanceof Error ? error.message : String(error)}`))
      }
    },
    async read({ sha256, crop }: ReadArgument): Promise<Result<Float32Array>> {
      const reader = readers.get(sha256)
      return reader ? succeed(await reader.read(crop)) : fail(fault('model/missing', `the model ${sha256.slice(0, 8)} is not open for explanations`))
    },
  }
}
