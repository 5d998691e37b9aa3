import { useEffect, useRef } from 'react'
import { useClient } from '../client/ClientContext.ts'
import { pullFrames } from '../client/pullFrames.ts'
import type { LiveFrame } from '../client/stationClient.ts'
import { drawPicture } from './drawPicture.ts'

/** The newest picture of the camera, filling its parent. `onFrame` hears of each after it was drawn; it must not change at every render. */
export function LivePicture({ label, onFrame }: { label: string; onFrame?: (frame: LiveFrame) => void }) {
  const client = useClient()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const life = new AbortController()
    void pullFrames(client, life.signal, async (frame) => {
      // A page that nobody sees asks for no pictures.
      await new Promise(requestAnimationFrame)
      if (!canvas.current || life.signal.aborted) return
      await drawPicture(canvas.current, frame.jpeg)
      onFrame?.(frame)
    })
    return () => life.abort()
  }, [client, onFrame])
  return <canvas ref={canvas} role="img" aria-label={label} style={{ display: 'block', width: '100%', height: '100%' }} />
}
