import { fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import { patchStep, type StoredPatches } from '../domain/modelCard.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { PatchPort } from '../ports/patches.ts'

interface PatchRoom {
  readonly evidence: Pick<EvidencePort, 'keep'>
  readonly patches: PatchPort
}

/**
 * Keeps what the patches of every baseline image look like to a model, row by row of its map, so that the nearest ones to a part's patch
 * are found months later by reading one file. Null for a model that has no patches. Faults: those of the ports, and learning/cancelled.
 */
export async function rememberPatches(model: { readonly sha256: Sha256; readonly bytes: Uint8Array }, crops: readonly Uint8Array[], { evidence, patches }: PatchRoom, onDone: (share: number) => void, signal: AbortSignal): Promise<Result<StoredPatches | null>> {
  const shape = await patches.open(model.sha256, model.bytes)
  if (!shape.ok || !shape.value) return shape as Result<null>
  const { width, height, length } = shape.value
  const rows = Array.from({ length: height }, () => new Int8Array(width * crops.length * length))
  for (const [image, crop] of crops.entries()) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'learning was cancelled'))
    const read = await patches.read(model.sha256, crop)
    if (!read.ok) return read
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) writeSteps(read.value.subarray((y * width + x) * length, (y * width + x + 1) * length), rows[y]!, (x * crops.length + image) * length)
    onDone((image + 1) / crops.length)
  }
  const kept: Sha256[] = []
  for (const row of rows) {
    const file = await evidence.keep('patches', new Uint8Array(row.buffer))
    if (!file.ok) return file
    kept.push(file.value)
  }
  return succeed({ width, height, length, rows: kept })
}

function writeSteps(values: Float32Array, into: Int8Array, start: number): void {
  for (let i = 0; i < values.length; i++) into[start + i] = Math.max(-127, Math.min(127, Math.round(values[i]! / patchStep)))
}
