import type { Server } from 'node:net'

/** Port 0 takes a free one where somebody listens. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** Resolves with the port that the server got; rejects with the system's error. */
export function listening(server: Server, at: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : at.port)
    })
  })
}

/** Nobody but this machine, and a port that is free. */
export const somewhereHere: Endpoint = { host: '127.0.0.1', port: 0 }
