import { useLayoutEffect, useRef } from 'react'
import { useEditor } from './EditorContext.ts'
import { paintPicture, type Picture } from './picture.ts'

/** The picture under the regions, on a canvas of its own: drawing a region never paints it again. */
export function PictureLayer({ picture }: { picture: Picture | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pane = useEditor((editor) => editor.pane)
  const view = useEditor((editor) => editor.view)
  useLayoutEffect(() => {
    const element = canvas.current!
    if (!pane) return
    const [width, height] = [Math.round(pane.width * window.devicePixelRatio), Math.round(pane.height * window.devicePixelRatio)]
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height })
    if (picture && view) paintPicture(element, picture, view, pane)
  }, [picture, view, pane])
  return <canvas ref={canvas} aria-hidden style={{ position: 'absolute', inset: 0, width: '100%', height: '100%' }} />
}
