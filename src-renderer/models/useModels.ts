import { useCallback, useEffect, useState } from 'react'
import type { ModelsView } from '../../src-preload/contract/models.ts'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { useCommissioning, useStation } from '../store/mirror.ts'

/** The models as the station last said; asked for again when the recipe or the draft changes, and by `refresh`. */
export function useModels(): { readonly view: ModelsView | null; readonly refresh: () => Promise<void> } {
  const client = useClient()
  const [view, setView] = useState<ModelsView | null>(null)
  const recipe = useStation()?.recipe?.sha256
  const revision = useCommissioning()?.revision
  const refresh = useCallback(async () => {
    const answer = await call(client.models.view())
    if (answer.ok) setView(answer.value)
  }, [client])
  useEffect(() => void refresh(), [refresh, recipe, revision])
  return { view, refresh }
}
