import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StationClient } from '../../src-renderer/client/stationClient.ts'
import { useMirror } from '../../src-renderer/store/mirror.ts'
import { mirrorStation } from '../../src-renderer/store/mirrorStation.ts'
import { scenes } from './harness/scenes.ts'

const scene = scenes.running()
const state = () => useMirror.getState().connection.state

/** A station that can be dead (nothing answers, streams end) or hung (connected, but no answer comes). */
function createStation() {
  const it = { isDead: false, isHung: false, watches: 0, end: () => undefined as void }
  async function* watch<View>(view: View, signal?: AbortSignal) {
    if (it.isDead) throw new Error('dead')
    it.watches++
    yield view
    await new Promise<void>((resolve) => {
      const before = it.end
      it.end = () => (before(), resolve())
      signal?.addEventListener('abort', () => resolve())
    })
  }
  const client = {
    session: { view: () => (it.isDead ? Promise.reject(new Error('dead')) : it.isHung ? new Promise(() => undefined) : Promise.resolve({ ok: true, value: scene.session })) },
    station: { watch: (_: unknown, { signal }: { signal: AbortSignal }) => Promise.resolve(watch(scene.station, signal)) },
    commissioning: { watch: (_: unknown, { signal }: { signal: AbortSignal }) => Promise.resolve(watch(scene.commissioning, signal)) },
  }
  return { it, client: client as unknown as StationClient }
}

let life: AbortController
beforeEach(() => {
  vi.useFakeTimers()
  life = new AbortController()
  useMirror.setState(useMirror.getInitialState(), true)
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

test('views, session and connection arrive', async () => {
  void mirrorStation(createStation().client, life.signal)
  await vi.advanceTimersByTimeAsync(10)
  expect(useMirror.getState()).toMatchObject({ connection: { state: 'online' }, station: scene.station, commissioning: scene.commissioning, session: scene.session })
})

test('a page that never met its station is connecting, not offline', async () => {
  const { it, client } = createStation()
  it.isDead = true
  void mirrorStation(client, life.signal)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(state()).toBe('connecting')
})

test('when the streams end the last view stays, marked offline, and they are followed again by themselves', async () => {
  const { it, client } = createStation()
  void mirrorStation(client, life.signal)
  await vi.advanceTimersByTimeAsync(10)
  it.isDead = true
  it.end()
  await vi.advanceTimersByTimeAsync(10)
  expect(useMirror.getState()).toMatchObject({ connection: { state: 'offline' }, station: scene.station })
  it.isDead = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(state()).toBe('online')
  expect(it.watches).toBe(4)
})

test('a station that hangs is offline within seconds, though its connection is open', async () => {
  const { it, client } = createStation()
  void mirrorStation(client, life.signal)
  await vi.advanceTimersByTimeAsync(10)
  it.isHung = true
  await vi.advanceTimersByTimeAsync(5_100)
  expect(state()).toBe('offline')
})

test('a station that hangs from the start of a new connection does not flicker between online and offline', async () => {
  const { it, client } = createStation()
  void mirrorStation(client, life.signal)
  await vi.advanceTimersByTimeAsync(10)
  it.isHung = true
  await vi.advanceTimersByTimeAsync(5_100)
  const since = useMirror.getState().connection
  await vi.advanceTimersByTimeAsync(20_000)
  expect(useMirror.getState().connection).toEqual(since)
})
