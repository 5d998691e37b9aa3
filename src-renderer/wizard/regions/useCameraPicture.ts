import { useEffect, useState } from 'react'
import { closePicture, decodePicture, type Picture } from '../../canvas/picture.ts'
import { useClient } from '../../client/ClientContext.ts'
import { pullFrames } from '../../client/pullFrames.ts'

/** The picture to draw on: standing still unless `isLive`; `takeNew` takes the next one. */
export function useCameraPicture(isLive: boolean): { picture: Picture | null; takeNew: () => void } {
  const client = useClient()
  const [picture, setPicture] = useState<Picture | null>(null)
  const [taken, setTaken] = useState(0)
  useEffect(() => {
    const life = new AbortController()
    void pullFrames(client, life.signal, async ({ jpeg, widthPx, heightPx }) => {
      const next = await decodePicture(jpeg, { width: widthPx, height: heightPx }, { levels: !isLive })
      if (life.signal.aborted) return closePicture(next)
      setPicture((last) => {
        // The last one may still be on its way to the screen.
        setTimeout(() => closePicture(last), 100)
        return next
      })
      if (!isLive) life.abort()
      await new Promise(requestAnimationFrame)
    })
    return () => life.abort()
  }, [client, isLive, taken])
  return { picture, takeNew: () => setTaken((count) => count + 1) }
}
