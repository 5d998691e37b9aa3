import { Fragment } from 'react'
import { Circle, Group, Layer, Line, Rect } from 'react-konva'
import type { Point, Shape } from '../../src-preload/contract/geometry.ts'
import { findRegion, shapeAt } from './editorDocument.ts'
import { useEditor } from './EditorContext.ts'
import { previewOf } from './preview.ts'
import { Outline } from './Outline.tsx'
import { edgeMiddle, extentOf, handlePoint, handles, shiftShape } from './shapes.ts'
import { toScreen, type Viewport } from './viewport.ts'

/** What moves: the shape in hand, the grips of the selected one, and the keys' cross. */
export function PreviewLayer() {
  const editor = useEditor((editor) => editor)
  const { view, frame, gesture, document, selection, cross } = editor
  if (!view) return <Layer listening={false} />
  const preview = previewOf(gesture, frame)
  const selected = preview?.ref ? preview.shape : preview || !selection ? undefined : shapeAt(document.regions, selection)
  const vertex = gesture.kind === 'MovingVertex' ? gesture.index : (selection?.vertex ?? null)
  return (
    <Layer listening={false}>
      <Group x={view.offset.x} y={view.offset.y} scaleX={view.scale} scaleY={view.scale}>
        {preview?.ref && preview.ref.mask === null && gesture.kind === 'Moving' && <TravellingMasks from={gesture.shape} to={preview.shape} masks={findRegion(document.regions, preview.ref.regionId)?.masks ?? []} scale={view.scale} />}
        {preview && <Outline shape={preview.shape} scale={view.scale} look={preview.troubles.length > 0 ? 'wrong' : 'drawn'} />}
        {!preview && selection?.mask !== null && selected && <Outline shape={selected} scale={view.scale} look="selected" />}
      </Group>
      {gesture.kind === 'DrawingPolygon' && gesture.points.map((point, i) => <Grip key={i} at={toScreen(view, point)} isRound isActive={i === 0} />)}
      {selected && <Grips shape={selected} view={view} vertex={vertex} />}
      {cross && <Cross at={toScreen(view, cross)} />}
    </Layer>
  )
}

function TravellingMasks({ from, to, masks, scale }: { from: Shape; to: Shape; masks: readonly Shape[]; scale: number }) {
  const [a, b] = [extentOf(from), extentOf(to)]
  return masks.map((mask, i) => <Outline key={i} shape={shiftShape(mask, { x: b.left - a.left, y: b.top - a.top })} scale={scale} look="mask" />)
}

function Grips({ shape, view, vertex }: { shape: Shape; view: Viewport; vertex: number | null }) {
  if (shape.kind === 'rectangle') return handles.map((handle) => <Grip key={handle} at={toScreen(view, handlePoint(shape, handle))} />)
  return shape.points.map((point, i) => (
    <Fragment key={i}>
      <Circle {...toScreen(view, edgeMiddle(shape, i))} radius={4} fill="#FFFFFF" stroke="#202428" strokeWidth={1.5} opacity={0.85} />
      <Grip at={toScreen(view, point)} isRound isActive={i === vertex} />
    </Fragment>
  ))
}

function Grip({ at, isRound = false, isActive = false }: { at: Point; isRound?: boolean; isActive?: boolean }) {
  const size = isActive ? 8 : 6
  const paint = { fill: isActive ? '#F2B23E' : '#FFFFFF', stroke: '#0A2540', strokeWidth: 2 }
  return isRound ? <Circle {...at} radius={size} {...paint} /> : <Rect x={at.x - size} y={at.y - size} width={2 * size} height={2 * size} {...paint} />
}

const Cross = ({ at }: { at: Point }) => (
  <>
    <Line points={[at.x - 24, at.y, at.x + 24, at.y]} stroke="#202428" strokeWidth={5} />
    <Line points={[at.x, at.y - 24, at.x, at.y + 24]} stroke="#202428" strokeWidth={5} />
    <Line points={[at.x - 23, at.y, at.x + 23, at.y]} stroke="#FFFFFF" strokeWidth={2} />
    <Line points={[at.x, at.y - 23, at.x, at.y + 23]} stroke="#FFFFFF" strokeWidth={2} />
  </>
)
