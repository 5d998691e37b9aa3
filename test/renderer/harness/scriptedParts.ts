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

export type Kind = 'pass' | 'fail' | 'unsure' | 'blurred' | 'dark'

export function partOf(sequence: number, kind: Kind, wallTime: string): PartSummary {
  const isFault = kind === 'blurred' || kind === 'dark'
  const params = { region: 'Upper face', score: 8.42, limit: 5.1, areaPx: 412 }
  return {
    resultId: `result-${sequence}`,
    partId: `P-${String(sequence).padStart(6, '0')}`,
    sequence,
    outcome: isFault ? null : kind,
    disposition: kind === 'pass' ? 'accept' : isFault || kind === 'unsure' ? 'hold' : 'reject',
    fault: isFault ? { code: `frame/${kind}`, detail: 'scripted', measured: 31, limit: 80 } : null,
    reasons:
      kind === 'fail'
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
            peak: isHot ? scratchAt : { x: x + 20, y: y + 20 }, provider: 'cpu',
            heatmap: { bounds: { left: x, top: y, width, height }, mapWidth, mapHeight, heatPerCount: 0.04, cells },
          }
        }),
    checks: [],
    timingsMs: {},
    image: null,
    truth: null,
  }
}
