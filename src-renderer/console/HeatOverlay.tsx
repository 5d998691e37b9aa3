import { useEffect, useRef } from 'react'
import { placePoint } from '../../src-preload/contract/geometry.ts'
import type { InspectionView } from '../client/stationClient.ts'
import { heatPixels } from './heatPixels.ts'

/** One region's heat over the picture of `frameSize`, turned and moved with the part; the browser smooths between the model's cells. */
export function HeatOverlay({ reading, frameSize, opacity }: { reading: InspectionView['readings'][number]; frameSize: { widthPx: number; heightPx: number }; opacity: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { bounds, mapWidth, mapHeight, pose } = reading.heatmap
  const middle = { x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 2 }
  const { x, y } = pose ? placePoint(middle, pose) : middle
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(heatPixels(reading), mapWidth, mapHeight), 0, 0)
  }, [reading, mapWidth, mapHeight])
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`
  return (
    <canvas
      ref={canvas}
      width={mapWidth}
      height={mapHeight}
      aria-hidden
      data-testid="heat"
      style={{
        position: 'absolute',
        left: percent(x - bounds.width / 2, frameSize.widthPx),
        top: percent(y - bounds.height / 2, frameSize.heightPx),
        width: percent(bounds.width, frameSize.widthPx),
        height: percent(bounds.height, frameSize.heightPx),
        transform: pose && `rotate(${pose.rotationDeg}deg)`,
        opacity,
        pointerEvents: 'none',
      }}
    />
  )
}
