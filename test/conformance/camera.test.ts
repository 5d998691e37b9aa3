import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createFolderCamera } from '../../src-main/adapters/camera/folderCamera.ts'
import { createSimulatedCamera } from '../../src-main/adapters/camera/simulatedCamera.ts'
import { loadWorld } from '../../src-main/adapters/camera/world/worldFile.ts'
import type { Capture, Trigger } from '../../src-main/domain/frame.ts'
import type { CameraPort, SimulatedCameraPort } from '../../src-main/ports/camera.ts'
import type { ClockPort } from '../../src-main/ports/clock.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { imageFolder } from '../support/imageFolder.ts'

interface Bench {
  readonly camera: CameraPort
  /** Sees to it that at least `count` more parts can be triggered. */
  supply(count: number): Promise<void>
  /** Makes the source lose the picture of a trigger that was given, or of the next one. */
  lose(trigger: Trigger): Promise<void>
}

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function folderBench(clock: ClockPort): Promise<Bench> {
  const folder = await imageFolder()
  const camera = createFolderCamera({ directory: folder.path, clock, isKnown: () => Promise.resolve([]) })
  cleanUps.push(folder.remove, () => camera.close())
  let files = 0
  return {
    camera,
    async supply(count) {
      for (let i = 0; i < count; i++) await folder.put(`part-${String(++files).padStart(3, '0')}.pgm`)
    },
    lose: ({ partId }) => rm(join(folder.path, `${partId}.pgm`)),
  }
}

async function simulatedBench(clock: ClockPort): Promise<Bench> {
  const world = await loadWorld('plate', new URL('../../resources/worlds', import.meta.url).pathname)
  if (!world.ok) throw new Error(world.fault.detail)
  const entry = new URL('../../src-main/hosts/worldThread.ts', import.meta.url)
  const small = { ...world.value, camera: { ...world.value.camera, widthPx: 160, heightPx: 120 } }
  const camera = createSimulatedCamera({ world: small, seed: 5, pace: 'realtime', clock, entry })
  camera.controls.setSupply('good')
  cleanUps.push(() => camera.close())
  return {
    camera,
    supply: () => Promise.resolve(),
    // By the time of the capture the next part has come.
    lose: async () => { await (clock as ReturnType<typeof fakeClock>).advance(small.partIntervalMs + 1) },
  }
}

const waiting = (): { whenEmpty: 'wait'; signal: AbortSignal } => ({ whenEmpty: 'wait', signal: new AbortController().signal })

/** Time stands still until somebody waits for it. */
async function nextTrigger(camera: CameraPort, clock: ReturnType<typeof fakeClock>): Promise<Trigger> {
  const coming = camera.awaitTrigger(waiting())
  let trigger: Trigger | undefined
  const done = coming.then((given) => { trigger = given })
  for (let i = 0; i < 200 && !trigger; i++) {
    await clock.advance(50)
    await Promise.race([done, clock.settle()])
  }
  await done
  if (!trigger) throw new Error('no trigger came')
  return trigger
}

async function captured(camera: CameraPort, trigger: Trigger): Promise<Capture> {
  const result = await camera.capture(trigger, 2_000)
  if (!result.ok) throw new Error(result.fault.detail)
  await camera.confirm(trigger)
  return result.value
}

describe.each([['folder', folderBench], ['simulated', simulatedBench]] as const)('%s camera', (kind, bench) => {
  test('open tells what was achieved, and may be called again', async () => {
    const { camera } = await bench(fakeClock())
    const first = await camera.open({})
    const second = await camera.open({ exposureUs: 4_000 })
    expect(first.ok && second.ok).toBe(true)
    if (kind === 'simulated') expect(second).toMatchObject({ ok: true, value: { exposureUs: 4_000, widthPx: 160, heightPx: 120 } })
    expect(camera.health().status).toBe('ok')
  })

  test('gives each trigger once and in order, and to each its own picture', async () => {
    const clock = fakeClock()
    const { camera, supply } = await bench(clock)
    await camera.open({})
    await supply(5)
    const triggers: Trigger[] = []
    const pictures: Buffer[] = []
    for (let i = 0; i < 5; i++) {
      const trigger = await nextTrigger(camera, clock)
      const capture = await captured(camera, trigger)
      expect(capture).toMatchObject({ camera: camera.name, sequence: trigger.sequence, isSimulated: camera.isSimulated })
      expect(new Date(capture.wallTime).toISOString()).toBe(capture.wallTime)
      expect(capture.truth === undefined).toBe(!camera.isSimulated)
      triggers.push(trigger)
      pictures.push(Buffer.from(capture.original.bytes))
    }
    expect(triggers.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
    expect(new Set(triggers.map(({ sourceKey }) => sourceKey)).size).toBe(5)
    expect(new Set(triggers.map(({ partId }) => partId)).size).toBe(5)
    expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(5)
    expect(triggers.map(({ edgeMs }) => edgeMs)).toEqual(triggers.map(({ edgeMs }) => edgeMs).toSorted((a, b) => a - b))
  })

  test('a picture that is lost at the source comes out as camera/lostFrame, and the next part is fine', async () => {
    const clock = fakeClock()
    const { camera, supply, lose } = await bench(clock)
    await camera.open({})
    await supply(2)
    const first = await nextTrigger(camera, clock)
    await lose(first)
    expect(await camera.capture(first, 2_000)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame' } })
    const second = await nextTrigger(camera, clock)
    expect(second.sequence).toBe(2)
    expect((await captured(camera, second)).sequence).toBe(2)
  })

  test('an aborted wait ends without a trigger and without losing a part', async () => {
    const clock = fakeClock()
    const { camera, supply } = await bench(clock)
    await camera.open({})
    expect(await camera.awaitTrigger({ whenEmpty: 'wait', signal: AbortSignal.abort() })).toBeUndefined()
    if (kind === 'simulated') await captured(camera, await nextTrigger(camera, clock))
    const abort = new AbortController()
    const wait = camera.awaitTrigger({ whenEmpty: 'wait', signal: abort.signal })
    await clock.settle()
    abort.abort()
    expect(await wait).toBeUndefined()
    await supply(1)
    expect((await nextTrigger(camera, clock)).sequence).toBe(kind === 'simulated' ? 2 : 1)
  })

  test('preview shows the part and does not use it up', async () => {
    const clock = fakeClock()
    const { camera, supply } = await bench(clock)
    await supply(1)
    await camera.open({})
    const shown = [await camera.preview(), await camera.preview()]
    const capture = await captured(camera, await nextTrigger(camera, clock))
    for (const one of shown) expect(one?.ok && Buffer.compare(one.value.original.bytes, capture.original.bytes)).toBe(0)
  })

  test('a capture that takes too long is camera/timeout', async () => {
    const clock = fakeClock()
    let isHurried = false
    // The simulated camera draws ahead: only a part that is ordered at the last moment is still to be drawn.
    const order = (camera: CameraPort): unknown => 'controls' in camera && (camera as SimulatedCameraPort).controls.inject('scratch')
    const { camera, supply } = await bench({ ...clock, sleep: (ms, signal) => (isHurried ? Promise.resolve() : clock.sleep(ms, signal)) })
    await supply(1)
    await camera.open({})
    isHurried = true
    order(camera)
    const trigger = await camera.awaitTrigger(waiting())
    expect(await camera.capture(trigger!, 1)).toMatchObject({ ok: false, fault: { code: 'camera/timeout', limit: 1 } })
  })

  test('after close every call says camera/unavailable', async () => {
    const clock = fakeClock()
    const { camera, supply } = await bench(clock)
    await supply(1)
    await camera.open({})
    const trigger = await nextTrigger(camera, clock)
    const wait = camera.awaitTrigger(waiting())
    await camera.close()
    const unavailable = { ok: false, fault: { code: 'camera/unavailable' } }
    expect(await wait).toBeUndefined()
    expect(await camera.awaitTrigger(waiting())).toBeUndefined()
    expect(await camera.capture(trigger, 100)).toMatchObject(unavailable)
    expect(await camera.preview()).toMatchObject(unavailable)
    expect(await camera.open({})).toMatchObject(unavailable)
    expect(camera.health().status).toBe('failure')
  })
})
