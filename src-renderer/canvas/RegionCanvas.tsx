import { Box } from '@mui/material'
import { useEffect, useRef, type PointerEvent } from 'react'
import { Stage } from 'react-konva'
import type { Rectangle } from '../../src-preload/contract/geometry.ts'
import { useUiSettings } from '../store/uiSettings.ts'
import { pxPerMm } from '../parts/mm.ts'
import { AlignmentLayer } from './AlignmentLayer.tsx'
import { useDispatch, useEditor } from './EditorContext.ts'
import { PictureLayer } from './PictureLayer.tsx'
import type { Picture } from './picture.ts'
import { PreviewLayer } from './PreviewLayer.tsx'
import { RegionsLayer } from './RegionsLayer.tsx'

/** How far from a handle it is still taken: a mouse is exact, a finger gets 15 mm across. */
const mouseReachPx = 9
const touchReachMm = 7.5

/** The picture with its regions, to draw and edit on. Konva only paints: what is under the pointer is the editor's to know. */
export function RegionCanvas({ picture, alignment, label }: { picture: Picture | null; alignment: Rectangle | null; label: string }) {
  const dispatch = useDispatch()
  const pane = useEditor((editor) => editor.pane)
  const cursor = useEditor((editor) => (editor.gesture.kind === 'Panning' || editor.tool === 'pan' ? 'grab' : editor.tool === 'select' ? 'default' : 'crosshair'))
  const panelDiagonalMm = useUiSettings((settings) => settings.panelDiagonalMm)
  const box = useRef<HTMLDivElement>(null)
  usePaneSize(box)
  useWheelZoom(box)
  const screenOf = ({ clientX, clientY }: PointerEvent) => {
    const { left, top } = box.current!.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const reachOf = ({ pointerType }: PointerEvent): number => (pointerType === 'touch' ? touchReachMm * pxPerMm(panelDiagonalMm, window.screen) : mouseReachPx)
  return (
    <Box
      ref={box}
      tabIndex={0}
      role="application"
      aria-label={label}
      data-testid="region-canvas"
      style={{ cursor }}
      sx={{ position: 'relative', overflow: 'hidden', bgcolor: 'background.stage', borderRadius: 1, touchAction: 'none', userSelect: 'none', minHeight: 0, height: '100%' }}
      onPointerDown={(event) => {
        if (event.button === 2) return
        event.currentTarget.setPointerCapture(event.pointerId)
        dispatch({ kind: 'pointerDown', screen: screenOf(event), reachPx: reachOf(event), pans: event.button === 1 })
      }}
      onPointerMove={(event) => dispatch({ kind: 'pointerMove', screen: screenOf(event) })}
      onPointerUp={(event) => dispatch({ kind: 'pointerUp', screen: screenOf(event), reachPx: reachOf(event) })}
      onPointerCancel={() => dispatch({ kind: 'cancel' })}
      onDoubleClick={() => dispatch({ kind: 'finish' })}
    >
      <PictureLayer picture={picture} />
      {pane && (
        <Stage width={pane.width} height={pane.height} listening={false} style={{ position: 'absolute', inset: 0 }}>
          {alignment && <AlignmentLayer rectangle={alignment} />}
          <RegionsLayer />
          <PreviewLayer />
        </Stage>
      )}
    </Box>
  )
}

function usePaneSize(box: React.RefObject<HTMLDivElement | null>): void {
  const dispatch = useDispatch()
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      if (width > 0 && height > 0) dispatch({ kind: 'resizePane', pane: { width, height } })
    })
    observer.observe(box.current!)
    return () => observer.disconnect()
  }, [box, dispatch])
}

/** React's own wheel listener is passive; this one must keep the page from scrolling. */
function useWheelZoom(box: React.RefObject<HTMLDivElement | null>): void {
  const dispatch = useDispatch()
  useEffect(() => {
    const element = box.current!
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      dispatch({ kind: 'zoom', factor: Math.exp(-event.deltaY / 500), at: { x: event.clientX - left, y: event.clientY - top } })
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [box, dispatch])
}
