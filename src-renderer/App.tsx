import { Console } from './console/Console.tsx'
import { FirstRun } from './firstRun/FirstRun.tsx'
import { useIsModels } from './models/modelsAddress.ts'
import { ModelsScreen } from './models/ModelsScreen.tsx'
import { ConnectingScreen } from './parts/ConnectingScreen.tsx'
import { CrashScreen } from './parts/CrashScreen.tsx'
import { NoticeBar } from './parts/NoticeBar.tsx'
import { OfflineBanner } from './parts/OfflineBanner.tsx'
import { useStation } from './store/mirror.ts'
import { Wizard } from './wizard/Wizard.tsx'

/** The station's mode chooses the screen, so a reload, a second browser and a kill all come back to the same place. */
export function App() {
  return (
    <>
      <CrashScreen>
        <Screen />
      </CrashScreen>
      <OfflineBanner />
      <NoticeBar />
    </>
  )
}

function Screen() {
  const station = useStation()
  const isModels = useIsModels()
  if (isModels && station && station.mode !== 'empty') return <ModelsScreen />
  switch (station?.mode) {
    case undefined:
      return <ConnectingScreen />
    case 'empty':
      return <FirstRun />
    case 'commissioning':
      return <Wizard />
    case 'running':
    case 'stopped':
      return <Console station={station} />
  }
}
