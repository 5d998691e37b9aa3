import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { forkLane, processChannel } from '../../../src-main/adapters/lane/channels.ts'

const helper = new URL('../../../src-main/hosts/pixelsThread.ts', import.meta.url)

/** Holds this loop, so that it cannot hear of the end yet. */
function awaitZombie(pid: number): void {
  while (!readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z '));
}

it('a message to a process that was killed a moment ago is lost, and ends nobody else', async () => {
  const child = forkLane(helper)
  await once(child, 'spawn')
  const errors: unknown[] = []
  child.on('error', (error) => errors.push(error))
  const ended = once(child, 'exit')
  process.kill(child.pid!, 'SIGKILL')
  awaitZombie(child.pid!)
  expect(child.connected).toBe(true)
  processChannel(child).post({ kind: 'call' })
  await ended
  await new Promise((resolve) => { setImmediate(resolve) })
  expect(errors).toEqual([])
})
