import { createContext, use } from 'react'
import { createStore, useStore, type StoreApi } from 'zustand'
import { nextEditor, type EditorCommand } from './editor.ts'
import type { Regions } from './editorDocument.ts'
import { openEditor, type Editor } from './editorState.ts'
import type { Size } from './viewport.ts'

export interface EditorStore {
  readonly editor: Editor
  readonly dispatch: (command: EditorCommand) => void
}

/** One editor, outside React's tree: a pointer that moves re-draws what shows it, and no panel or field. */
export const createEditorStore = (regions: Regions, frame: Size, regionWord: string): StoreApi<EditorStore> =>
  createStore<EditorStore>()((set) => ({
    editor: openEditor(regions, frame, regionWord),
    dispatch: (command) => set(({ editor }) => ({ editor: nextEditor(editor, command) })),
  }))

export const EditorContext = createContext<StoreApi<EditorStore> | null>(null)

export function useEditorStore(): StoreApi<EditorStore> {
  const store = use(EditorContext)
  if (!store) throw new Error('the editor parts need an EditorContext above them')
  return store
}

export const useEditor = <T>(select: (editor: Editor) => T): T => useStore(useEditorStore(), ({ editor }) => select(editor))

export const useDispatch = (): EditorStore['dispatch'] => useStore(useEditorStore(), ({ dispatch }) => dispatch)
