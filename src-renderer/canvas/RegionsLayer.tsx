import { Fragment, memo } from 'react'
import { Group, Label, Layer, Tag, Text } from 'react-konva'
import type { Region } from './editorDocument.ts'
import { useEditor } from './EditorContext.ts'
import { Outline } from './Outline.tsx'
import { extentOf } from './shapes.ts'
import type { Viewport } from './viewport.ts'
import { toScreen } from './viewport.ts'

/** All regions at rest; the one that a gesture holds is painted by the preview. */
export const RegionsLayer = memo(function RegionsLayer() {
  const regions = useEditor((editor) => editor.document.regions)
  const view = useEditor((editor) => editor.view)
  const heldId = useEditor(({ gesture }) => ('ref' in gesture ? gesture.ref.regionId : null))
  const heldMask = useEditor(({ gesture }) => ('ref' in gesture ? gesture.ref.mask : null))
  const selectedId = useEditor((editor) => editor.selection?.regionId ?? null)
  if (!view) return <Layer listening={false} />
  return (
    <Layer listening={false}>
      <Group x={view.offset.x} y={view.offset.y} scaleX={view.scale} scaleY={view.scale}>
        {regions.map((region) => (
          <Fragment key={region.id}>
            {!(region.id === heldId && heldMask === null) && <Outline shape={region.shape} scale={view.scale} look={region.id === selectedId ? 'selected' : 'region'} />}
            {region.masks.map((mask, i) => (region.id === heldId && (heldMask === null || heldMask === i) ? null : <Outline key={i} shape={mask} scale={view.scale} look="mask" />))}
          </Fragment>
        ))}
      </Group>
      {regions.map((region) => (region.id === heldId ? null : <RegionName key={region.id} region={region} view={view} isSelected={region.id === selectedId} />))}
    </Layer>
  )
})

function RegionName({ region, view, isSelected }: { region: Region; view: Viewport; isSelected: boolean }) {
  const { left, top } = extentOf(region.shape)
  const at = toScreen(view, { x: left, y: top })
  return (
    <Label x={at.x} y={Math.max(0, at.y - 22)}>
      <Tag fill={isSelected ? '#0B57A4' : '#202428'} opacity={0.88} cornerRadius={3} />
      <Text text={region.name} fill="#FFFFFF" fontSize={13} fontStyle="600" fontFamily="Inter, Liberation Sans, sans-serif" padding={4} />
    </Label>
  )
}
