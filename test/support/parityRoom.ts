import { createHash } from 'node:crypto'
import { fault } from '../../src-main/domain/fault.ts'
import type { Health } from '../../src-main/domain/health.ts'
import type { Frame } from '../../src-main/domain/frame.ts'
import type { RegionId, Sha256 } from '../../src-main/domain/ids.ts'
import type { Recipe } from '../../src-main/domain/recipe.ts'
import { fail, succeed, type Result } from '../../src-main/domain/result.ts'
import type { RawScore } from '../../src-main/domain/verdict.ts'
import type { AuditEntry } from '../../src-main/ports/evidence.ts'
import type { ModelPort } from '../../src-main/ports/model.ts'
import type { PixelsPort } from '../../src-main/ports/pixels.ts'
import { fakeClock } from './fakeClock.ts'

const sha256 = (text: string): Sha256 => createHash('sha256').update(text).digest('hex') as Sha256

/** A picture is one byte; the model answers that byte, times and plus what a test says. */
export function parityRoom() {
  const pictures = new Map<Sha256, Uint8Array>()
  const documents = new Map<string, unknown>()
  const audits: AuditEntry[] = []
  const listeners = new Set<(health: Health) => void>()
  const arithmetic = { provider: 'cpu', error: 0, scored: 0 }

  const model: ModelPort = {
    load: async () => fail(fault('model/missing', 'not asked for')),
    unloadAll: async () => undefined,
    async run(crops): Promise<Result<readonly RawScore[]>> {
      arithmetic.scored++
      return succeed(crops.map(({ regionId, model: hash, data }) => ({
        regionId: regionId as RegionId, model: hash, score: data[0]! + arithmetic.error, heat: Float32Array.of(data[0]!), mapWidth: 1, mapHeight: 1,
        embedding: new Float32Array(1), nearest: [0], provider: arithmetic.provider, modelMs: 1,
      })))
    },
    detect: async () => succeed([]),
    providers: () => (arithmetic.provider === '' ? [] : [arithmetic.provider]),
    health: () => ({ status: 'ok', detail: '' }),
    onHealth(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => undefined,
  }
  const pixels: Pick<PixelsPort, 'open' | 'cut'> = {
    async open(capture) {
      const level = capture.original.bytes[0]
      if (level === undefined) return fail(fault('frame/empty', 'there is nothing in it'))
      const image = { widthPx: 1, heightPx: 1, channels: 1 as const, data: Uint8Array.of(level) }
      const quality = { focus: 100, meanLevel: 128, clippedFraction: 0, histogram: [], fingerprint: String(level) }
      return succeed({ ...capture, image, quality } satisfies Frame)
    },
    cut: async (image, regions) => regions.map(({ id, model: { sha256: hash } }) => ({ regionId: id, model: hash, widthPx: 1, heightPx: 1, data: image.data })),
  }
  const tools = {
    pixels: pixels as PixelsPort,
    model,
    clock: fakeClock(),
    origin: { software: { version: '1.0.0', node: 'v24', onnxruntime: '1.30.0', platform: 'linux' } },
    evidence: {
      fetch: async (_kind: string, name: Sha256) => {
        const bytes = pictures.get(name)
        return bytes ? succeed(bytes) : fail(fault('request/notFound', `there is no baseline ${name}`))
      },
      loadDocument: async (name: string): Promise<Result<unknown>> => (documents.has(name) ? succeed(documents.get(name)) : fail(fault('request/notFound', name))),
      saveDocument: async (name: string, value: unknown) => {
        documents.set(name, value)
        return succeed(undefined)
      },
      audit: async (entry: AuditEntry) => {
        audits.push(entry)
        return succeed(undefined)
      },
    },
  }
  return {
    tools, arithmetic, pictures, documents, audits,
    /** Puts a picture of this level into the store. */
    pin(level: number): { readonly image: Sha256; readonly mediaType: 'image/png' } {
      const image = sha256(`picture ${level}`)
      pictures.set(image, Uint8Array.of(level))
      return { image, mediaType: 'image/png' }
    },
    announce() { for (const listener of listeners) listener({ status: 'ok', detail: '' }) },
  }
}

/** One region, unsure above 40, fails above 50. */
export const parityRecipe: Recipe = {
  schema: 1,
  name: 'Plate',
  camera: { source: 'simulated:plate', settings: {} },
  frame: { widthPx: 1, heightPx: 1, maxPixels: 10, focusReference: 100, focusMinRatio: 0.5, focusFloor: 1, meanMin: 10, meanMax: 240, clippedMax: 0.5, refuseRepeats: true },
  regions: [{
    id: 'part' as RegionId, name: 'Part', shape: { kind: 'rectangle', x: 0, y: 0, width: 1, height: 1 }, masks: [],
    model: { sha256: sha256('model'), bytes: 1, method: 'padim', features: 'test', inputWidthPx: 1, inputHeightPx: 1, mapWidth: 1, mapHeight: 1, baselineImages: 20, seed: 1 },
    limits: { failAbove: 50, unsureAbove: 40, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis: { rule: 'q90', goodImages: 20, expectedFalseRejects: { value: 0.1, low: 0, high: 0.2, n: 20 } } },
  }],
  outputs: { reject: { coil: 0, delayMs: 0, pulseMs: 100 } },
}
