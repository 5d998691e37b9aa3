import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { ClientContext } from './client/ClientContext.ts'
import type { StationClient } from './client/stationClient.ts'
import { startTranslations } from './parts/translations.ts'
import { StyleProvider } from './parts/StyleProvider.tsx'
import { mirrorStation } from './store/mirrorStation.ts'

/** Puts the application into `element`, fed by `client`, and keeps it mirrored until the page goes away. */
export function mountApp(element: HTMLElement, client: StationClient): void {
  startTranslations()
  void mirrorStation(client, new AbortController().signal)
  createRoot(element).render(
    <StrictMode>
      <ClientContext value={client}>
        <StyleProvider>
          <App />
        </StyleProvider>
      </ClientContext>
    </StrictMode>,
  )
}
