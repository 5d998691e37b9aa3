import { useEffect, useRef } from 'react'
import { drawPicture } from '../../parts/drawPicture.ts'

/** A picture that came with an answer, filling the width of its parent at its own proportions. */
export function BlobPicture({ picture, label }: { picture: Blob; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) void drawPicture(canvas.current, picture).catch(() => undefined)
  }, [picture])
  return <canvas ref={canvas} role="img" aria-label={label} style={{ display: 'block', width: '100%', height: 'auto' }} />
}
