import { afterEach, describe, expect, test } from 'vitest'
import { createSimulatedCamera } from '../../src-main/adapters/camera/simulatedCamera.ts'
import { loadWorld, type World } from '../../src-main/adapters/camera/world/worldFile.ts'
import type { Capture } from '../../src-main/domain/frame.ts'
import { decodeNetpbm } from '../../src-main/pipeline/netpbm.ts'
import { measureFrame } from '../../src-main/pipeline/measureFrame.ts'
import type { CaptureResult, SimulatedCameraPort } from '../../src-main/ports/camera.ts'
import { fakeClock, type FakeClock } from '../support/fakeClock.ts'

const entry = new URL('../../src-main/hosts/worldThread.ts', import.meta.url)
const cameras: SimulatedCameraPort[] = []
afterEach(() => Promise.all(cameras.splice(0).map((camera) => camera.close())))

async function plateWorld(): Promise<World> {
  const world = await loadWorld('plate', new URL('../../resources/worlds', import.meta.url).pathname)
  if (!world.ok) throw new Error(world.fault.detail)
  return world.value
}

/** The middle of the picture only: drawn in a fifth of the time. */
async function smallWorld(): Promise<World> {
  const world = await plateWorld()
  return { ...world, camera: { ...world.camera, widthPx: 320, heightPx: 240 } }
}

async function cameraOf(options: { seed?: number; clock?: FakeClock; pace?: 'realtime' | 'onDemand'; world?: World } = {}): Promise<SimulatedCameraPort> {
  const { seed = 3, clock = fakeClock(), pace = 'onDemand', world = await smallWorld() } = options
  const camera = createSimulatedCamera({ world, seed, pace, clock, entry })
  cameras.push(camera)
  await camera.open({})
  return camera
}

const signal = new AbortController().signal

async function next(camera: SimulatedCameraPort): Promise<CaptureResult> {
  const trigger = await camera.awaitTrigger({ whenEmpty: 'end', signal })
  return camera.capture(trigger!, 5_000)
}

async function nextCapture(camera: SimulatedCameraPort): Promise<Capture> {
  const result = await next(camera)
  if (!result.ok) throw new Error(result.fault.detail)
  return result.value
}

const meanOf = ({ pixels }: Capture): number => measureFrame(pixels!).meanLevel

describe('simulated parts', () => {
  test('the same seed gives the same bytes, another seed others; source keys of two runs never collide', async () => {
    const clock = fakeClock()
    const [one, again, other] = await Promise.all([cameraOf({ clock }), cameraOf({ clock }), cameraOf({ clock, seed: 4 })])
    for (let i = 0; i < 3; i++) {
      const [a, b, c] = await Promise.all([nextCapture(one), nextCapture(again), nextCapture(other)])
      expect(Buffer.compare(a.original.bytes, b.original.bytes)).toBe(0)
      expect(Buffer.compare(a.original.bytes, c.original.bytes)).not.toBe(0)
    }
    const keys = await Promise.all([one, again].map((camera) => camera.awaitTrigger({ whenEmpty: 'end', signal })))
    expect(keys[0]!.sourceKey).not.toBe(keys[1]!.sourceKey)
    expect(keys[0]!.sourceKey).toMatch(/^simulated:plate:3:4:/)
  })

  test('the original is a netpbm with exactly the samples of pixels, in shared memory', async () => {
    const { original, pixels } = await nextCapture(await cameraOf())
    const decoded = decodeNetpbm(original.bytes, 1e6)
    expect(decoded).toMatchObject({ ok: true, value: { widthPx: 320, heightPx: 240, channels: 3 } })
    expect(decoded.ok && Buffer.compare(decoded.value.data, pixels!.data)).toBe(0)
    expect(pixels!.data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test.each(['scratch', 'dent', 'missingFeature', 'stain', 'smear'])('an ordered %s is on the next part, and on that one only', async (defect) => {
    const world = await plateWorld()
    const [camera, clean] = await Promise.all([cameraOf({ world }), cameraOf({ world })])
    for (const one of [camera, clean]) one.controls.setSupply('good')
    expect(camera.controls.inject(defect)).toMatchObject({ ok: true })
    const [damaged, whole] = [await nextCapture(camera), await nextCapture(clean)]
    expect(damaged.truth).toEqual({ isDefective: true, defects: [defect], pose: whole.truth?.pose })
    expect(whole.truth).toMatchObject({ isDefective: false, defects: [] })
    const changed = damaged.pixels!.data.filter((value, i) => Math.abs(value - whole.pixels!.data[i]!) > 12).length / damaged.pixels!.data.length
    expect(changed).toBeGreaterThan(0.0003)
    expect(changed).toBeLessThan(0.2)
    expect(Buffer.compare((await nextCapture(camera)).original.bytes, (await nextCapture(clean)).original.bytes)).toBe(0)
  })

  test('ordered frame faults are seen in the figures', async () => {
    const camera = await cameraOf()
    camera.controls.setSupply('good')
    const good = measureFrame((await nextCapture(camera)).pixels!)
    const faulty = async (kind: string): Promise<ReturnType<typeof measureFrame>> => {
      camera.controls.inject(kind)
      const capture = await nextCapture(camera)
      expect(capture.truth?.frameFault).toBe(kind)
      return measureFrame(capture.pixels!)
    }
    expect((await faulty('dark')).meanLevel).toBeLessThan(good.meanLevel / 5)
    const saturated = await faulty('saturated')
    expect(saturated.meanLevel).toBeGreaterThan(good.meanLevel * 1.5)
    expect(saturated.clippedFraction).toBeGreaterThan(0.05)
    const blurred = await faulty('blurred')
    expect(blurred.focus).toBeLessThan(good.focus / 3)
    expect((await faulty('repeated')).fingerprint).toBe(blurred.fingerprint)
  })

  test('an ordered lost frame is camera/lostFrame', async () => {
    const camera = await cameraOf()
    camera.controls.inject('lost')
    expect(await next(camera)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame' } })
    expect((await next(camera)).ok).toBe(true)
  })

  test('what a world does not have cannot be ordered', async () => {
    expect((await cameraOf()).controls.inject('rust')).toMatchObject({ ok: false, fault: { code: 'request/invalid', detail: expect.stringMatching(/rust.*scratch/) as string } })
  })

  test('good supply is good although the world is full of trouble', async () => {
    const world = await smallWorld()
    const bad: World = { ...world, defects: world.defects.map((one) => ({ ...one, rate: 0.2 })), frameFaults: [{ kind: 'lost', rate: 1 }] }
    const camera = await cameraOf({ world: bad })
    camera.controls.setSupply('good')
    for (let i = 0; i < 4; i++) expect((await nextCapture(camera)).truth).toMatchObject({ isDefective: false, defects: [] })
    camera.controls.setSupply('mixed')
    expect(await next(camera)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame' } })
  })

  test('twice the exposure is twice the light; six decibels as well; what cannot be is clamped and told', async () => {
    const camera = await cameraOf()
    camera.controls.setSupply('good')
    const preview = async (): Promise<Capture> => {
      const shown = await camera.preview()
      if (!shown?.ok) throw new Error('no preview')
      return shown.value
    }
    const normal = meanOf(await preview())
    expect(await camera.open({ exposureUs: 4_000 })).toMatchObject({ ok: true, value: { exposureUs: 4_000, gainDb: 0 } })
    const half = await preview()
    expect(meanOf(half) / normal).toBeCloseTo(0.5, 1)
    expect(half.settings).toMatchObject({ asked: { exposureUs: 4_000 }, achieved: { exposureUs: 4_000, gainDb: 0, widthPx: 320, heightPx: 240 } })
    await camera.open({ exposureUs: 4_000, gainDb: 6.02 })
    expect(meanOf(await preview()) / normal).toBeCloseTo(1, 1)
    expect(await camera.open({ exposureUs: 1, gainDb: 90 })).toMatchObject({ ok: true, value: { exposureUs: 20, gainDb: 24 } })
  })
})

describe('the moving line', () => {
  test('parts come at the world interval, however early they are asked for', async () => {
    const clock = fakeClock()
    const camera = await cameraOf({ clock, pace: 'realtime' })
    camera.controls.setSupply('good')
    const edges: number[] = []
    for (let i = 0; i < 4; i++) {
      const coming = camera.awaitTrigger({ whenEmpty: 'wait', signal })
      await clock.advance(700)
      const trigger = await coming
      edges.push(trigger!.edgeMs)
      await camera.capture(trigger!, 5_000)
      await camera.confirm(trigger!)
    }
    expect(edges.slice(1).map((edge, i) => edge - edges[i]!)).toEqual([700, 700, 700])
  })

  test('a station that is busy for two and a half parts gets each of them, the one that passed as lost', async () => {
    const clock = fakeClock()
    const camera = await cameraOf({ clock, pace: 'realtime' })
    camera.controls.setSupply('good')
    const first = await camera.awaitTrigger({ whenEmpty: 'wait', signal })
    expect((await camera.capture(first!, 5_000)).ok).toBe(true)
    await clock.advance(2.5 * 700)
    await camera.confirm(first!)
    const passed = await camera.awaitTrigger({ whenEmpty: 'wait', signal })
    expect(passed!.edgeMs).toBe(first!.edgeMs + 700)
    expect(await camera.capture(passed!, 5_000)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame' } })
    const present = await camera.awaitTrigger({ whenEmpty: 'wait', signal })
    expect(present!.edgeMs).toBe(first!.edgeMs + 1_400)
    expect((await camera.capture(present!, 5_000)).ok).toBe(true)
  })

  test('triggered by software it brings the next part at once, and holds it however long it takes', async () => {
    const clock = fakeClock()
    const camera = await cameraOf({ clock, pace: 'realtime' })
    camera.controls.setSupply('good')
    await camera.open({ triggerMode: 'software' })
    for (const sequence of [1, 2]) {
      const trigger = await camera.awaitTrigger({ whenEmpty: 'wait', signal })
      expect([trigger!.sequence, trigger!.edgeMs]).toEqual([sequence, clock.monotonicMs()])
      await clock.advance(1_500)
      expect(await camera.capture(trigger!, 5_000)).toMatchObject({ ok: true, value: { monotonicMs: clock.monotonicMs() } })
      await camera.confirm(trigger!)
    }
  })

  test('while nobody asks for parts the line stands, and no part is lost', async () => {
    const clock = fakeClock()
    const camera = await cameraOf({ clock, pace: 'realtime' })
    camera.controls.setSupply('good')
    const first = await camera.awaitTrigger({ whenEmpty: 'wait', signal })
    await camera.capture(first!, 5_000)
    await camera.confirm(first!)
    await clock.advance(60_000)
    const second = await camera.awaitTrigger({ whenEmpty: 'wait', signal })
    expect([second!.sequence, second!.edgeMs]).toEqual([2, clock.monotonicMs()])
    expect((await camera.capture(second!, 5_000)).ok).toBe(true)
  })
})
