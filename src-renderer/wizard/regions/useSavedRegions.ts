import { useEffect } from 'react'
import type { StoreApi } from 'zustand'
import type { Regions } from '../../canvas/editorDocument.ts'
import type { EditorStore } from '../../canvas/EditorContext.ts'
import { documentTroubles } from '../../canvas/editorState.ts'
import type { Size } from '../../canvas/viewport.ts'
import type { Shape } from '../../../src-preload/contract/geometry.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { SaveState } from '../saver.ts'
import { useSaved } from '../useSaved.ts'

/** Saves the document as it changes, shapes that cannot be used excepted, and takes over what was changed elsewhere. */
export function useSavedRegions(store: StoreApi<EditorStore>, heard: Regions, frame: Size): SaveState | 'troubled' {
  const client = useClient()
  const saved = useSaved<Regions>(heard, (regions) => client.commissioning.setRegions({ regions: regions.map(({ id, name, shape, masks }) => ({ id, name, shape: plain(shape), masks: masks.map(plain) })) }))
  useEffect(
    () =>
      store.subscribe(({ editor }, before) => {
        const { regions } = editor.document
        if (regions !== before.editor.document.regions && regions !== saved.value && documentTroubles(regions, editor.frame).length === 0) saved.change(regions)
      }),
    [store, saved],
  )
  const { value } = saved
  const { width, height } = frame
  useEffect(() => {
    const { editor, dispatch } = store.getState()
    const isNewFrame = editor.frame.width !== width || editor.frame.height !== height
    const isOwn = saved.state !== 'saved' || documentTroubles(editor.document.regions, editor.frame).length > 0
    const isSame = JSON.stringify(value) === JSON.stringify(editor.document.regions)
    if (isNewFrame || (!isOwn && !isSame)) dispatch({ kind: 'adopt', regions: value, frame: { width, height } })
  }, [store, saved, value, width, height])
  return documentTroubles(store.getState().editor.document.regions, frame).length > 0 ? 'troubled' : saved.state
}

const plain = (shape: Shape) => (shape.kind === 'rectangle' ? shape : { kind: shape.kind, points: [...shape.points] })
