import { placePoint, type Pose } from '../../../src-preload/contract/geometry.ts'
import type { ExplanationView } from '../../../src-preload/contract/explanation.ts'
import type { InspectionView, PartSummary, StationView } from '../../../src-renderer/client/stationClient.ts'

type Region = StationView['regions'][number]
const region = (id: string, name: string, x: number, y: number, width: number, height: number): Region => ({
  id: id as Region['id'],
  name,
  shape: { kind: 'rectangle', x, y, width, height },
  masks: [],
})

export const regions: Region[] = [region('face', 'Upper face', 176, 70, 288, 84), region('bore', 'Centre bore', 224, 160, 192, 160), region('edge', 'Lower edge', 176, 332, 288, 84)]

/** Where the scratch of a failing scripted part lies. */
export const scratchAt = { x: 258, y: 112 }

export type Kind = 'pass' | 'fail' | 'unsure' | 'blurred' | 'dark' | 'detected'

/** How a part of kind `detected` lies: its regions, heat and boxes go with it. */
export const turned: Pose = { dxPx: 26, dyPx: -14, rotationDeg: 9, pivot: { x: 320, y: 240 }, score: 0.94 }

/** What the detector of the upper face found on it, in the golden frame. */
export const scratchBox = { left: 220, top: 92, width: 80, height: 44 }

export const isDetected = ({ partId }: PartSummary): boolean => partId.startsWith('D-')

export function partOf(sequence: number, kind: Kind, wallTime: string): PartSummary {
  const isFault = kind === 'blurred' || kind === 'dark'
  const params = { region: 'Upper face', score: 8.42, limit: 5.1, areaPx: 412 }
  return {
    resultId: `result-${sequence}`,
    partId: `${kind === 'detected' ? 'D' : 'P'}-${String(sequence).padStart(6, '0')}`,
    sequence,
    outcome: isFault ? null : kind === 'detected' ? 'fail' : kind,
    disposition: kind === 'pass' ? 'accept' : isFault || kind === 'unsure' ? 'hold' : 'reject',
    fault: isFault ? { code: `frame/${kind}`, detail: 'scripted', measured: 31, limit: 80 } : null,
    reasons:
      kind === 'fail' || kind === 'detected'
        ? [{ code: 'region/overLimit', params }]
        : kind === 'unsure'
          ? [{ code: 'region/unsure', params: { ...params, score: 4.6, limit: 4.2 } }]
          : isFault
            ? [{ code: 'gate/fault', params: { fault: `frame/${kind}` } }]
            : [{ code: 'region/withinLimit', params: { region: 'Upper face', score: 2.1, limit: 5.1, areaPx: 0 } }],
    wallTime,
    decisionMs: isFault ? null : 21 + (sequence % 7),
    isSimulated: true,
    readBack: isFault ? 'notWired' : 'agrees',
  }
}

/** The evidence behind a part, with a hot spot where the scratch is. */
export function inspectionOf(summary: PartSummary): InspectionView {
  const pose = isDetected(summary) ? turned : undefined
  return {
    summary,
    recipe: 'a'.repeat(64),
    recipeName: 'Bearing plate 40',
    readings: summary.fault
      ? []
      : regions.map(({ id, name, shape }) => {
          const { x, y, width, height } = shape as { x: number; y: number; width: number; height: number }
          const isHot = id === 'face' && summary.outcome !== 'pass'
          const [mapWidth, mapHeight] = [Math.ceil(width / 8), Math.ceil(height / 8)]
          const hot = summary.outcome === 'fail' ? 210 : 120
          const cells = Array.from({ length: mapWidth * mapHeight }, (_, i) => {
            const [cx, cy] = [x + (i % mapWidth) * 8 + 4, y + Math.floor(i / mapWidth) * 8 + 4]
            const along = ((cx - scratchAt.x) * 0.9 - (cy - scratchAt.y) * 0.42) / 42
            const across = ((cx - scratchAt.x) * 0.42 + (cy - scratchAt.y) * 0.9) / 15
            return Math.round(12 + ((i * 7919) % 14) + (isHot ? hot * Math.exp(-along * along - across * across) : 0))
          })
          return {
            regionId: id, regionName: name, model: 'b'.repeat(64), score: isHot ? (summary.outcome === 'fail' ? 8.42 : 4.6) : 1.3, failAbove: 5.1, unsureAbove: 4.2, areaPx: isHot ? 412 : 0,
            peak: isHot ? (pose ? placePoint(scratchAt, pose) : scratchAt) : { x: x + 20, y: y + 20 }, provider: 'cpu',
            ...(pose && id === 'face' && { detections: [{ defectClass: 'scratch', confidence: 0.87, counts: true, box: scratchBox }, { defectClass: 'dust', confidence: 0.31, counts: false, box: { left: 400, top: 80, width: 12, height: 12 } }] }),
            heatmap: { ...(pose && { pose }), bounds: { left: x, top: y, width, height }, mapWidth, mapHeight, heatPerCount: 0.04, cells },
          }
        }),
    checks: [],
    timingsMs: {},
    image: null,
    truth: null,
  }
}

/** Whole pictures stand in for the pieces that a station cuts out of them. */
export function explanationOf(summary: PartSummary, regionId: string, part: Blob, good: Blob): ExplanationView {
  const reading = inspectionOf(summary).readings.find((one) => one.regionId === regionId)!
  const window = { left: 0, top: 0, width: 640, height: 480 }
  const patch = { left: reading.peak.x - 15, top: reading.peak.y - 15, width: 30, height: 30 }
  const normal = (number: number, distance: number): ExplanationView['nearest'][number] => ({ jpeg: good, window, patch, id: String(number).padStart(64, 'c'), number, distance, at: { ...reading.peak, widthPx: 640, heightPx: 480 } })
  return {
    regionId: reading.regionId, regionName: reading.regionName, model: reading.model, score: reading.score, failAbove: reading.failAbove, areaPx: reading.areaPx,
    areaMm2: regionId === 'face' ? reading.areaPx * 0.0081 : null,
    part: { jpeg: part, window, patch },
    nearest: regionId === 'edge' ? [] : [normal(12, 9.4), normal(31, 9.9), normal(4, 10.2)],
    whyNone: regionId === 'edge' ? 'notRemembered' : null,
  }
}
