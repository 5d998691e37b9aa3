import { useCallback, useEffect, useState } from 'react'
import type { ModelsView } from '../../src-preload/contract/models.ts'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { useCommissioning, useStation } from '../store/mirror.ts'

/** The models as the station last said; asked for again when the recipe or the draft changes, and by `refresh`. */
export function useModels(): { readonly view: ModelsView | null; readonly refresh: () => void } {
  const client = useClient()
  const [view, setView] = useState<ModelsView | null>(null)
  const [asked, setAsked] = useState(0)
  const recipe = useStation()?.recipe?.sha256
  const revision = useCommissioning()?.revision
  useEffect(() => {
    let isOver = false
    void call(client.models.view()).then((answer) => (answer.ok && !isOver ? setView(answer.value) : undefined))
    return () => {
      isOver = true
    }
  }, [client, recipe, revision, asked])
  return { view, refresh: useCallback(() => setAsked((times) => times + 1), []) }
}
