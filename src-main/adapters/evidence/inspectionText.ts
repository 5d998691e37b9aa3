import type { Inspection } from '../../domain/inspection.ts'
import type { Reading } from '../../domain/verdict.ts'

/** Little-endian; float32 where that loses nothing, which is what models give. */
type StoredNumbers = { readonly float32: string } | { readonly float64: string }

interface StoredReading extends Omit<Reading, 'heatmap' | 'embedding'> {
  readonly heatmap: Omit<Reading['heatmap'], 'cells'> & { readonly cells: string }
  readonly embedding: StoredNumbers
}

interface StoredInspection extends Omit<Inspection, 'readings'> {
  readonly readings: readonly StoredReading[]
}

/** An inspection as plain JSON values: heatmap cells and embeddings in base64 (RFC 4648), everything else as it is. */
export const storeInspection = (inspection: Inspection): StoredInspection => ({
  ...inspection,
  readings: inspection.readings.map((reading) => ({
    ...reading,
    heatmap: { ...reading.heatmap, cells: base64Of(reading.heatmap.cells) },
    embedding: storeNumbers(reading.embedding),
  })),
})

export const readInspection = (text: string): Inspection => {
  const stored = JSON.parse(text) as StoredInspection
  return {
    ...stored,
    readings: stored.readings.map((reading) => ({
      ...reading,
      heatmap: { ...reading.heatmap, cells: bytesOf(reading.heatmap.cells) },
      embedding: readNumbers(reading.embedding),
    })),
  }
}

function storeNumbers(numbers: readonly number[]): StoredNumbers {
  const isExact = numbers.every((value) => Math.fround(value) === value)
  return isExact ? { float32: base64Of(Float32Array.from(numbers)) } : { float64: base64Of(Float64Array.from(numbers)) }
}

const readNumbers = (stored: StoredNumbers): readonly number[] =>
  'float32' in stored ? [...new Float32Array(bytesOf(stored.float32).buffer)] : [...new Float64Array(bytesOf(stored.float64).buffer)]

const base64Of = (view: ArrayBufferView<ArrayBufferLike>): string => Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64')

/** A copy of its own: Buffer's pool would share one buffer among records, and floats want their alignment. */
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(base64, 'base64'))
