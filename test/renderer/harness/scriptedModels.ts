import type { ModelsView, ModelView, ProbeView } from '../../../src-preload/contract/models.ts'
import { regions } from './scriptedParts.ts'

const share = (value: number, low: number, high: number, n: number) => ({ value, low, high, n })

const modelOf = ({ id, name }: (typeof regions)[number], i: number): ModelView => ({
  regionId: id,
  regionName: name,
  model: { sha256: String(i + 1).repeat(64) as ModelView['model']['sha256'], bytes: 4_420_000, method: i === 2 ? 'patchcore' : 'padim', ...(i === 1 && { setting: 'detailed' as const }), features: 'filterBank-1', inputWidthPx: 256, inputHeightPx: 192, mapWidth: 32, mapHeight: 24, baselineImages: 160, seed: 1 },
  limits: {
    failAbove: 5.1, unsureAbove: i === 0 ? 4.2 : 5.1, minAreaPx: 0, persistence: { count: 1, of: 1 },
    basis: { rule: i === 0 ? 'technician' : 'q90', goodImages: 160, expectedFalseRejects: share(0.044, 0.018, 0.088, 160), ...(i === 0 && { knownBad: 20, expectedMisses: share(0, 0, 0.168, 20), reason: 'Scratches reach the customer' }) },
  },
  latencyMs: i === 2 ? null : 12.4,
  remembers: i !== 2,
  detector: i === 0 ? { sha256: 'd'.repeat(64) as ModelView['model']['sha256'], bytes: 12_300_000, origin: `onnx:${'e'.repeat(64)}:yolov8`, inputWidthPx: 640, inputHeightPx: 192, overlapMax: 0.45, classes: [{ name: 'scratch', labels: [0, 3], severity: 'major', minConfidence: 0.4, minAreaPx: 30 }, { name: 'dust', labels: [1], severity: 'minor', minConfidence: 0.6, minAreaPx: 0 }] } : null,
})

/** A recipe in force with a detector, and a draft that must learn again. */
export const scriptedModels: ModelsView = {
  active: { name: 'Bearing plate 40', recipe: '3fa97c1e'.repeat(8), isStale: false, seal: { state: 'held', frames: 7, provider: 'cpu', wallTime: '2026-11-20T09:12:40.000Z', worst: 'pinned frame 1f2e' }, models: regions.map(modelOf) },
  draft: { name: 'Bearing plate 41', recipe: null, isStale: true, seal: null, models: [modelOf(regions[0]!, 1)] },
  inference: { inUse: { providers: ['cpu'], bindingPath: null }, configured: { providers: ['cuda', 'cpu'], bindingPath: null }, onnxruntime: '1.30.0', serving: ['cpu'], health: { status: 'ok', detail: '3 loaded, on cpu with 2 threads' } },
}

export const scriptedProbes: ProbeView[] = [
  { provider: 'tensorrt', warmUpMs: null, trouble: 'backend not found. no TensorRT provider in this build' },
  { provider: 'cuda', warmUpMs: null, trouble: 'backend not found. no CUDA provider in this build' },
  { provider: 'webgpu', warmUpMs: null, trouble: 'Failed to get a WebGPU adapter' },
  { provider: 'cpu', warmUpMs: 0.6, trouble: '' },
]
