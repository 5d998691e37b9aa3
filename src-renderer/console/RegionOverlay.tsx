import { Box } from '@mui/material'
import { cornersOf, placePoint, type Point } from '../../src-preload/contract/geometry.ts'
import type { InspectionView, StationView } from '../client/stationClient.ts'
import { useFormats } from '../parts/useFormats.ts'

type Region = StationView['regions'][number]
type Reading = InspectionView['readings'][number]

/** Where the region lies in the picture of these readings; without any, where it was drawn. */
function cornersOnPart({ id, shape }: Region, readings: readonly Reading[]): readonly Point[] {
  const pose = readings.find(({ regionId }) => regionId === id)?.heatmap.pose
  return pose ? cornersOf(shape).map((corner) => placePoint(corner, pose)) : cornersOf(shape)
}

/** Outlines and names of the regions; one over its limit is drawn thicker and dashed, and says score and limit. */
export function RegionOverlay({ regions, readings, frameSize }: { regions: readonly Region[]; readings: readonly Reading[]; frameSize: { widthPx: number; heightPx: number } }) {
  const { tenths } = useFormats()
  return (
    <Box aria-hidden sx={{ position: 'absolute', inset: 0, pointerEvents: 'none' }}>
      <svg viewBox={`0 0 ${frameSize.widthPx} ${frameSize.heightPx}`} style={{ position: 'absolute', inset: 0, width: '100%', height: '100%' }}>
        {regions.map((region) => {
          const points = cornersOnPart(region, readings).map((corner) => `${corner.x},${corner.y}`).join(' ')
          const isOver = readings.some((reading) => reading.regionId === region.id && reading.score > reading.unsureAbove)
          return (
            <g key={region.id} fill="none" strokeLinejoin="round">
              <polygon points={points} stroke="#000" strokeOpacity={0.55} strokeWidth={isOver ? 6 : 3.5} vectorEffect="non-scaling-stroke" />
              <polygon points={points} stroke="#fff" strokeOpacity={isOver ? 1 : 0.8} strokeWidth={isOver ? 3 : 1.25} strokeDasharray={isOver ? '10 5' : undefined} vectorEffect="non-scaling-stroke" />
            </g>
          )
        })}
      </svg>
      {regions.map((region) => {
        const corners = cornersOnPart(region, readings)
        const reading = readings.find(({ regionId }) => regionId === region.id)
        const isOver = reading !== undefined && reading.score > reading.unsureAbove
        return (
          <Box
            key={region.id}
            style={{ left: `${(100 * Math.min(...corners.map(({ x }) => x))) / frameSize.widthPx}%`, top: `${(100 * Math.min(...corners.map(({ y }) => y))) / frameSize.heightPx}%` }}
            sx={{ position: 'absolute', px: 0.75, py: 0.25, bgcolor: isOver ? '#fff' : 'rgb(0 0 0 / 0.62)', color: isOver ? '#14171a' : '#fff', fontSize: '0.8125rem', fontWeight: isOver ? 700 : 500, lineHeight: 1.3, whiteSpace: 'nowrap' }}
          >
            {region.name}
            {isOver && ` ${tenths(reading.score)} > ${tenths(reading.score > reading.failAbove ? reading.failAbove : reading.unsureAbove)}`}
          </Box>
        )
      })}
    </Box>
  )
}
