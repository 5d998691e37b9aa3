import type { OriginalImage } from '../../src-main/domain/frame.ts'
import type { InspectionId, PartId, RegionId, Sha256 } from '../../src-main/domain/ids.ts'
import type { FrameRecord, Inspection, OutputReceipt } from '../../src-main/domain/inspection.ts'
import type { Reading } from '../../src-main/domain/verdict.ts'

const wallStartMs = Date.UTC(2026, 6, 1, 10)

/** An inspection complete enough to be looked at in every field; part `n` of its line, one second after the part before. */
export function someInspection(n: number, changes: Partial<Inspection> = {}): Inspection {
  const wallTime = new Date(wallStartMs + n * 1000).toISOString()
  return {
    resultId: `01980000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as InspectionId,
    partId: `part-${n}` as PartId,
    jobId: 'job-1',
    sequence: n,
    sourceKey: `test:${n}`,
    isSimulated: true,
    recipe: 'a'.repeat(64) as Sha256,
    recipeName: 'Lochplatte Größe 2',
    frame: someFrame(n, wallTime),
    readings: [someReading(n)],
    outcome: 'pass',
    disposition: 'accept',
    reasons: [{ code: 'region/withinLimit', params: { region: 'front', score: 0.25 } }],
    fault: null,
    timingsMs: { capture: 3.25, decision: 21.5 },
    wallTime,
    monotonicMs: 1000 * n + 0.125,
    bootId: 'boot-1',
    software: { version: '0.1.0', node: '24.21.0', onnxruntime: '1.30.0', platform: 'linux-x64' },
    ...changes,
  }
}

const someFrame = (n: number, wallTime: string): FrameRecord => ({
  camera: 'simulated:plate',
  sequence: n,
  wallTime,
  monotonicMs: 1000 * n,
  settings: { asked: { exposureUs: 800 }, achieved: { exposureUs: 799.5 } },
  widthPx: 640,
  heightPx: 480,
  quality: { focus: 210.5, meanLevel: 121.25, clippedFraction: 0.001, histogram: [1, 2, 3], fingerprint: '0123456789abcdef' },
  checks: [{ name: 'focus', measured: 210.5, limit: 80, passed: true }],
  image: { sha256: '' as Sha256, bytes: 0, mediaType: 'image/jpeg', file: '' },
})

const someReading = (n: number): Reading => ({
  regionId: 'front' as RegionId,
  regionName: 'front',
  model: 'b'.repeat(64) as Sha256,
  score: 0.25,
  failAbove: 1,
  unsureAbove: 0.8,
  areaPx: 0,
  peak: { x: 12.5, y: 99 },
  heatmap: { bounds: { left: 0, top: 0, width: 640, height: 480 }, mapWidth: 4, mapHeight: 2, heatPerCount: 0.01, cells: Uint8Array.of(0, 1, 2, 3, 252, 253, 254, n % 256) },
  embedding: [0, 1, -0.5, Math.fround(0.1), Math.fround(1e-30)],
  provider: 'cpu',
})

/** Bytes that differ from part to part and do not compress. */
export function someImage(n: number, bytes = 4096): OriginalImage {
  const content = new Uint8Array(bytes)
  let state = (n * 2654435761 + 1) >>> 0
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    content[i] = state >>> 24
  }
  return { bytes: content, mediaType: 'image/jpeg' }
}

export const someReceipt = (changes: Partial<OutputReceipt> = {}): OutputReceipt => ({
  output: 'accept', coil: 3, delayMs: 50, pulseMs: 100, askedMs: 10, onMs: 60.5, offMs: 160.75, readBack: 'agrees', fault: null,
  ...changes,
})
