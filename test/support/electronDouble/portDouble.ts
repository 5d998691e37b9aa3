import { EventEmitter } from 'node:events'

/** A message on its way between the page and the double: text, or bytes in base64. */
export type WireValue = { readonly text: string } | { readonly base64: string }

/** Electron's MessagePortMain. */
export class PortDouble extends EventEmitter {
  private readonly deliver: (value: WireValue) => Promise<unknown>
  private readonly waiting: WireValue[] = []
  private isStarted = false

  constructor(deliver: (value: WireValue) => Promise<unknown>) {
    super()
    this.deliver = deliver
  }

  postMessage(data: string | Uint8Array): void {
    const value = typeof data === 'string' ? { text: data } : { base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }
    this.deliver(value).catch(() => this.emit('close'))
  }

  start(): void {
    this.isStarted = true
    for (const value of this.waiting.splice(0)) this.receive(value)
  }

  close(): void { this.emit('close') }

  receive(value: WireValue): void {
    if (this.isStarted) this.emit('message', { data: 'text' in value ? value.text : new Uint8Array(Buffer.from(value.base64, 'base64')), ports: [] })
    else this.waiting.push(value)
  }
}
