import { compose } from './hosts/compose.ts'
import { runElectronHost } from './hosts/electronHost.ts'

/** Electron's entry. */
runElectronHost(compose)
