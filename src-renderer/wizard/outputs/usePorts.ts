import { useEffect, useState } from 'react'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { IoPorts } from '../../client/stationClient.ts'

/** Serial ports and network interfaces of the station's computer; null until they are known. */
export function usePorts(): IoPorts | null {
  const client = useClient()
  const [ports, setPorts] = useState<IoPorts | null>(null)
  useEffect(() => {
    void call(client.io.ports()).then((answer) => answer.ok && setPorts(answer.value))
  }, [client])
  return ports
}
