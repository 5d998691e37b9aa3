import { useEffect, useRef } from 'react'
import type { InspectionView } from '../client/stationClient.ts'
import { heatPixels } from './heatPixels.ts'

/** One region's heat over the picture of `frameSize`; the browser smooths between the model's cells. */
export function HeatOverlay({ reading, frameSize, opacity }: { reading: InspectionView['readings'][number]; frameSize: { widthPx: number; heightPx: number }; opacity: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { bounds, mapWidth, mapHeight } = reading.heatmap
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
        left: percent(bounds.left, frameSize.widthPx),
        top: percent(bounds.top, frameSize.heightPx),
        width: percent(bounds.width, frameSize.widthPx),
        height: percent(bounds.height, frameSize.heightPx),
        opacity,
        pointerEvents: 'none',
      }}
    />
  )
}
