import { cornersOf, placePoint } from '../../src-preload/contract/geometry.ts'
import type { InspectionView } from '../client/stationClient.ts'
import { useFormats } from '../parts/useFormats.ts'

type Reading = InspectionView['readings'][number]
type Detection = NonNullable<Reading['detections']>[number]

/** Boxes around what a detector found and its class counts, with class and confidence; turned and moved with the part. */
export function DetectionOverlay({ readings, frameSize: { widthPx, heightPx } }: { readings: readonly Reading[]; frameSize: { widthPx: number; heightPx: number } }) {
  const { count } = useFormats()
  const found = readings.flatMap(({ regionId, detections = [], heatmap: { pose } }) => detections.filter(({ counts }) => counts).map((detection, i) => ({ key: `${regionId}-${i}`, detection, pose })))
  if (found.length === 0) return null
  const size = Math.max(widthPx, heightPx) / 45
  const label = ({ defectClass, confidence }: Detection): string => `${defectClass} ${count(Math.round(100 * confidence))} %`
  return (
    <svg aria-hidden data-testid="detections" viewBox={`0 0 ${widthPx} ${heightPx}`} style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none' }}>
      {found.map(({ key, detection, pose }) => {
        const corners = cornersOf({ kind: 'rectangle', x: detection.box.left, y: detection.box.top, width: detection.box.width, height: detection.box.height }).map((corner) => (pose ? placePoint(corner, pose) : corner))
        const points = corners.map(({ x, y }) => `${x},${y}`).join(' ')
        const x = Math.min(...corners.map((corner) => corner.x))
        const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))]
        // Below the box, where no region has its name, as long as the picture goes on there.
        const baseline = bottom + 1.6 * size < heightPx ? bottom + 1.2 * size : top - 0.4 * size
        return (
          <g key={key} fill="none" strokeLinejoin="round">
            <polygon points={points} stroke="#000" strokeOpacity={0.6} strokeWidth={5} vectorEffect="non-scaling-stroke" />
            <polygon points={points} stroke="#fff" strokeWidth={2.5} vectorEffect="non-scaling-stroke" />
            <text x={x} y={baseline} fontSize={size} fontWeight={700} fontFamily="Inter, sans-serif" fill="#fff" stroke="#000" strokeWidth={size / 6} paintOrder="stroke">
              {label(detection)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
