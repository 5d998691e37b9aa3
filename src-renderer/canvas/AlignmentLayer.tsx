import { Group, Layer } from 'react-konva'
import type { Rectangle } from '../../src-preload/contract/geometry.ts'
import { useEditor } from './EditorContext.ts'
import { Outline } from './Outline.tsx'

/** By what the part is found again. */
export function AlignmentLayer({ rectangle }: { rectangle: Rectangle }) {
  const view = useEditor((editor) => editor.view)
  return (
    <Layer listening={false}>
      {view && (
        <Group x={view.offset.x} y={view.offset.y} scaleX={view.scale} scaleY={view.scale}>
          <Outline shape={rectangle} scale={view.scale} look="alignment" />
        </Group>
      )}
    </Layer>
  )
}
