import type { RegisterRow } from '../../domain/lineSignals.ts'
import type { LinkRequests } from './linkRequests.ts'
import type { WiredLine } from './wiredLine.ts'

/** Everything that is wired with what the device says of it now: one request each, behind which an output waits at most once. */
export async function readRegisters(requests: LinkRequests, { coils, inputs, encoder }: Pick<WiredLine, 'coils' | 'inputs' | 'encoder'>): Promise<readonly RegisterRow[]> {
  const counter = encoder?.wordOrder === 'highFirst' ? ['encoderHigh', 'encoderLow'] : ['encoderLow', 'encoderHigh']
  const rows: Omit<RegisterRow, 'value'>[] = [
    ...coils.map(({ coil, name }) => ({ space: 'coil' as const, address: coil, name, canForce: true })),
    ...inputs.map(({ address, name }) => ({ space: 'discreteInput' as const, address, name, canForce: false })),
    ...(encoder ? counter.map((name, i) => ({ space: encoder.space ?? ('inputRegister' as const), address: encoder.register + i, name, canForce: false })) : []),
  ]
  const read: RegisterRow[] = []
  for (const row of rows) {
    const { result } = await requests.queue(() => requests.read(row.space, row.address, 1))
    read.push({ ...row, value: result.ok ? result.value[0]! : null })
  }
  return read
}
