import { useEffect } from 'react'
import type { StationView } from './client/stationClient.ts'
import { Console } from './console/Console.tsx'
import { FirstRun } from './firstRun/FirstRun.tsx'
import { IoScreen } from './io/IoScreen.tsx'
import { closeIo, useIoOpen } from './io/useIoOpen.ts'
import { useIsModels } from './models/modelsAddress.ts'
import { ModelsScreen } from './models/ModelsScreen.tsx'
import { ConnectingScreen } from './parts/ConnectingScreen.tsx'
import { CrashScreen } from './parts/CrashScreen.tsx'
import { NoticeBar } from './parts/NoticeBar.tsx'
import { OfflineBanner } from './parts/OfflineBanner.tsx'
import { useSession, useStation } from './store/mirror.ts'
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

/** The operator's console, or the technician's room that the address asks for; signing out leaves it. */
function Commissioned({ station }: { station: StationView }) {
  const isIoOpen = useIoOpen()
  const isOperator = useSession()?.role === 'operator'
  useEffect(() => {
    if (isIoOpen && isOperator) closeIo()
  }, [isIoOpen, isOperator])
  return isIoOpen && !isOperator ? <IoScreen onLeave={closeIo} /> : <Console station={station} />
}

function Screen() {
  const station = useStation()
  const isModels = useIsModels()
  const isOperator = useSession()?.role === 'operator'
  if (isModels && !isOperator && station && station.mode !== 'empty') return <ModelsScreen />
  switch (station?.mode) {
    case undefined:
      return <ConnectingScreen />
    case 'empty':
      return <FirstRun />
    case 'commissioning':
      return <Wizard />
    case 'running':
    case 'stopped':
      return <Commissioned station={station} />
  }
}
