import type { CommissioningReport } from '../../src-main/domain/commissioningReport.ts'
import type { Sha256 } from '../../src-main/domain/ids.ts'

const hash = (digit: string): Sha256 => digit.repeat(64) as Sha256
const at = '2026-11-20T09:30:00.000Z'

/** A finished report with a little of everything. */
export const someReport: CommissioningReport = {
  schema: 1,
  station: 'Plate 40',
  madeAt: at,
  recipe: hash('a'),
  isSimulated: true,
  software: { version: '0.1.0', node: '24.0.0', onnxruntime: '1.30.0', platform: 'linux x64' },
  steps: [
    { id: 'camera', status: 'passed', targetMinutes: 5, spentSeconds: 240, visits: 1, setbacks: [], waiver: null, figures: [{ name: 'width', value: 320, unit: 'px', instrument: 'frame' }] },
    { id: 'baseline', status: 'passed', targetMinutes: 15, spentSeconds: 700, visits: 2, setbacks: [{ code: 'camera/timeout', at }], waiver: null, figures: [{ name: 'goodParts', value: 60, unit: '', limit: { bound: 'atLeast', value: 20 }, instrument: 'frame' }] },
    { id: 'threshold', status: 'passed', targetMinutes: 10, spentSeconds: 300, visits: 1, setbacks: [], waiver: null, figures: [{ name: 'falseRejects', of: 'Bore', value: 0.1, unit: 'share', interval: { value: 0.1, low: 0.037, high: 0.205, n: 60 }, instrument: 'crossValidation' }] },
    { id: 'outputs', status: 'waived', targetMinutes: 10, spentSeconds: 20, visits: 1, setbacks: [], waiver: { reason: 'no ejector on this line yet', who: 'Mara', at }, figures: [{ name: 'pulseWidth', of: 'reject', value: 100.4, unit: 'ms', limit: { bound: 'atLeast', value: 100 }, instrument: 'readBack' }] },
  ],
  picture: { sha256: hash('b'), mediaType: 'image/png', widthPx: 320, heightPx: 240 },
  regions: [
    {
      name: 'Bore', shape: { kind: 'rectangle', x: 40, y: 30, width: 160, height: 120 }, masks: [{ kind: 'polygon', points: [{ x: 60, y: 60 }, { x: 90, y: 60 }, { x: 75, y: 90 }] }],
      model: hash('c'), failAbove: 2.4, unsureAbove: 2, reason: null, goodScores: Array.from({ length: 60 }, (_, i) => 0.8 + i / 50), knownBadScores: Array.from({ length: 30 }, (_, i) => 3 + i / 10),
    },
  ],
  notCovered: ['hairline cracks'],
  files: [{ role: 'model', sha256: hash('c') }, { role: 'baseline', sha256: hash('b') }],
  signatures: [{ name: 'Mara', role: 'technician', meaning: 'commissioned', at }],
}
