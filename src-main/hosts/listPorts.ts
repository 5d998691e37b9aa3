import { networkInterfaces } from 'node:os'
import { listSerialPorts } from '../adapters/plc/serialPorts.ts'
import type { IoPorts } from '../../src-preload/contract/io.ts'

/** Serial ports, and the IPv4 addresses that a server can be bound to. */
export async function listPorts(): Promise<IoPorts> {
  const ports = await listSerialPorts()
  const interfaces = Object.entries(networkInterfaces()).flatMap(([name, addresses]) => (addresses ?? []).map(({ address, family }) => ({ name, address, family })))
  return {
    serial: ports.ok ? ports.value.map(({ path, manufacturer }) => ({ path, manufacturer: manufacturer ?? null })) : [],
    serialFault: ports.ok ? null : ports.fault,
    interfaces: interfaces.filter(({ family }) => family === 'IPv4').map(({ name, address }) => ({ name, address })),
  }
}
