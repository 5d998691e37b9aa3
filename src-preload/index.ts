import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('stationmaster', { shell: 'electron' })

// The page makes the channel and keeps one end; the other goes to the main process, which looks at who sent it.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin || event.data !== 'stationmaster:rpc-port') return
  const [port] = event.ports
  if (port) ipcRenderer.postMessage('stationmaster:rpc-port', null, [port])
})
