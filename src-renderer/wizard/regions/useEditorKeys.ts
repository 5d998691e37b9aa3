import { useEffect } from 'react'
import type { StoreApi } from 'zustand'
import { commandOfKey } from '../../canvas/editorKeys.ts'
import type { EditorStore } from '../../canvas/EditorContext.ts'

/** The editor's keys work wherever the focus is in this step; fields and buttons keep the keys that are theirs. */
export function useEditorKeys(store: StoreApi<EditorStore>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = commandOfKey(event)
      if (!command || event.altKey || isKeyOf(event)) return
      event.preventDefault()
      store.getState().dispatch(command)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [store])
}

/** Whether the focused element has a use of its own for the key. Esc is nobody's but the editor's, except in an open dialog or menu. */
function isKeyOf({ target, code }: KeyboardEvent): boolean {
  const element = target as HTMLElement
  if (element.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return true
  if (code === 'Escape') return false
  if (element.closest('input, textarea, select')) return true
  return (code === 'Enter' || code === 'NumpadEnter' || code === 'Space') && element.closest('button, a') !== null
}
