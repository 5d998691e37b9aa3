import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import { limitsFrom } from '../../../src-main/learning/threshold.ts'
import { emptyDraft, type BaselineFrame, type CommissioningDraft, type DraftRegion } from '../../../src-main/station/commissioning/draft.ts'
import { learningBasis } from '../../../src-main/station/commissioning/bases.ts'

/** Drafts as they stand at the beginning of a step. */
export const withCamera: CommissioningDraft = {
  ...emptyDraft,
  name: 'Bearing plate 40',
  camera: { source: 'simulated:plate', isSimulated: true, achieved: { exposureUs: 8_000 }, frameSize: { widthPx: 640, heightPx: 480 } },
}

export const face: DraftRegion = { id: 'region-1' as RegionId, name: 'Face', shape: { kind: 'rectangle', x: 100, y: 80, width: 440, height: 320 }, masks: [] }

export const withRegion: CommissioningDraft = { ...withCamera, regions: [face] }

const frames = (count: number): readonly BaselineFrame[] =>
  Array.from({ length: count }, (_, i) => ({
    id: String(i + 1).padStart(64, '0') as Sha256,
    sourceKey: `plate/${i + 1}`,
    mediaType: 'image/png',
    quality: { focus: i % 17 === 16 ? 60 : 280 + (i % 7), meanLevel: 100 + (i % 5), clippedFraction: 0.001, fingerprint: String(i) },
    isSimulatedDefect: false,
  }))

export const withBaseline = (count = 60): CommissioningDraft => ({ ...withRegion, baseline: frames(count) })

export function withModel(count = 60): CommissioningDraft {
  const draft = withBaseline(count)
  const holdOutScores = draft.baseline.map((_, i) => 8 + 3 * Math.abs(Math.sin(i * 12.9898)))
  const model = { sha256: 'ab'.repeat(32) as Sha256, bytes: 1_400_000, method: 'padim' as const, features: 'filterBank', inputWidthPx: 256, inputHeightPx: 192, mapWidth: 32, mapHeight: 24, baselineImages: count, seed: 1 }
  return {
    ...draft,
    learnt: { basis: learningBasis(draft), frameIds: draft.baseline.map(({ id }) => id), regions: [{ regionId: face.id, model, limits: limitsFrom(holdOutScores), holdOutScores, seconds: 6.2 }] },
  }
}
