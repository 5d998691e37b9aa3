import { readFileSync } from 'node:fs'

/** The built preload with the two Electron modules it may use, as a script that runs in the page before the page's own. */
export const preloadScript = (file: string): string => `(${runPreload.toString()})((require, module, exports) => {${readFileSync(file, 'utf8')}
})`

function runPreload(preload: (require: (name: string) => unknown, module: { exports: object }, exports: object) => void): void {
  type Wire = { text: string } | { base64: string }
  const page = globalThis as unknown as {
    __shellHandOver(channel: string, ids: number[]): void
    __shellPost(id: number, value: Wire): void
    __shellDeliver: (id: number, value: Wire) => void
  }
  const ports: MessagePort[] = []
  page.__shellDeliver = (id, value) => {
    ports[id]?.postMessage('text' in value ? value.text : Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0)))
  }
  const toWire = (data: string | Uint8Array | ArrayBuffer): Wire =>
    typeof data === 'string' ? { text: data } : { base64: btoa(Array.from(new Uint8Array(data as ArrayBuffer), (byte) => String.fromCharCode(byte)).join('')) }
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => { Object.defineProperty(globalThis, name, { value: structuredClone(value) }) },
    },
    ipcRenderer: {
      postMessage(channel: string, _message: unknown, transfer: MessagePort[]) {
        const ids = transfer.map((port) => {
          const id = ports.push(port) - 1
          port.onmessage = (event) => { page.__shellPost(id, toWire(event.data as string)) }
          return id
        })
        page.__shellHandOver(channel, ids)
      },
    },
  }
  const module = { exports: {} }
  preload((name) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
    return electron
  }, module, module.exports)
}
