import { fault, type Fault } from '../../domain/fault.ts'
import type { CameraSettings, Capture, Trigger } from '../../domain/frame.ts'
import type { Health } from '../../domain/health.ts'
import type { PartId } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { CaptureResult, SimulatedCameraPort } from '../../ports/camera.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { openThread } from '../lane/openThread.ts'
import { movingLine, waitingLine } from './partSchedule.ts'
import { planPart, truthOf, type PartPlan, type Supply } from './world/planPart.ts'
import type { Exposure } from './world/renderPart.ts'
import type { World } from './world/worldFile.ts'
import type { RenderedPart, RenderRequest } from './world/worldMethods.ts'

export interface SimulatedCameraOptions {
  readonly world: World
  /** The same seed gives the same parts; a run that must not see the parts of its own baseline again takes another. */
  readonly seed: number
  /** Parts come in the world's own time, or as fast as they are asked for. */
  readonly pace: 'realtime' | 'onDemand'
  readonly clock: ClockPort
  /** `hosts/worldThread`. */
  readonly entry: URL
}

const exposureRangeUs = [20, 1_000_000] as const
const gainRangeDb = [0, 24] as const

/** A part that was triggered and waits for its capture. */
interface TriggeredPart {
  readonly plan: PartPlan
  readonly rendering: Promise<Result<RenderedPart>>
}

/** A camera over a world that is drawn in a thread, one part ahead. Its originals are P6 netpbm. */
export function createSimulatedCamera({ world, seed, pace, clock, entry }: SimulatedCameraOptions): SimulatedCameraPort {
  const name = `simulated:${world.name}`
  const runId = clock.newId()
  const thread = openThread('world', entry)
  const paced = pace === 'realtime' ? movingLine(clock, world.partIntervalMs) : waitingLine(clock)
  let line = paced
  const closing = new AbortController()
  const triggered = new Map<number, TriggeredPart>()
  const injectable: readonly string[] = [...world.defects, ...world.frameFaults].map(({ kind }) => kind)
  let isOpen = false
  let health: Health = { status: 'waiting', detail: `${name} has not been opened yet` }
  let asked: CameraSettings = {}
  let achieved = achieve(world, {})
  let supply: Supply = { isGood: false, injected: [] }
  let sequence = 0
  let lastShown: RenderedPart | undefined
  let drawn: { readonly key: string; readonly rendering: Promise<Result<RenderedPart>> } | undefined

  const render = (request: RenderRequest): Promise<Result<RenderedPart>> =>
    thread.call<RenderedPart>('render', request).then(succeed, (error: unknown) => {
      health = { status: 'failure', detail: String(error) }
      return fail(fault('camera/unavailable', `${name} cannot draw: ${String(error)}`))
    })

  /** The part that comes next if nothing is ordered meanwhile; drawn once, however often it is looked at. */
  const nextPart = (): TriggeredPart => {
    const plan = planPart(world, seed, sequence + 1, supply)
    const exposure = exposureOf(world, achieved)
    const key = JSON.stringify({ plan, exposure })
    if (drawn?.key !== key) drawn = { key, rendering: render({ world, plan, exposure }) }
    return { plan, rendering: drawn.rendering }
  }

  const captureOf = ({ bytes, pixels }: RenderedPart, plan: PartPlan, number: number): Capture => ({
    camera: name,
    sequence: number,
    original: { bytes, mediaType: 'image/x-portable-anymap' },
    pixels,
    settings: { asked, achieved },
    monotonicMs: clock.monotonicMs(),
    wallTime: clock.wallTime(),
    isSimulated: true,
    truth: truthOf(plan),
  })

  return {
    name,
    isSimulated: true,

    controls: {
      defects: world.defects.map(({ kind }) => kind),
      frameFaults: world.frameFaults.map(({ kind }) => kind),
      inject(what) {
        if (!injectable.includes(what)) return fail(fault('request/invalid', `world ${world.name} has no "${what}"; it has ${injectable.join(', ')}`))
        supply = { ...supply, injected: [...supply.injected, what] }
        return succeed(undefined)
      },
      setSupply(kind) { supply = { ...supply, isGood: kind === 'good', isDefective: kind === 'defective' } },
    },

    async open(settings) {
      if (closing.signal.aborted) return fail(closedFault(name))
      asked = settings
      achieved = achieve(world, settings)
      // Whoever asks for a picture has the part before the camera, and it stays there.
      line = settings.triggerMode === 'software' ? waitingLine(clock) : paced
      const first = await nextPart().rendering
      if (!first.ok) return first
      isOpen = true
      health = { status: 'ok', detail: `drawing world ${world.name}, seed ${seed}` }
      return succeed(achieved)
    },

    async awaitTrigger({ signal: given }) {
      const signal = AbortSignal.any([given, closing.signal])
      if (!isOpen || signal.aborted) return undefined
      const edgeMs = line.nextEdgeMs()
      const waitMs = edgeMs - clock.monotonicMs()
      if (waitMs > 0) await clock.sleep(waitMs, signal)
      if (signal.aborted) return undefined
      line.arrived(edgeMs)
      const part = nextPart()
      sequence += 1
      supply = { ...supply, injected: [] }
      triggered.set(sequence, part)
      return {
        partId: `${world.name}-${String(sequence).padStart(6, '0')}` as PartId,
        sequence,
        sourceKey: `simulated:${world.name}:${seed}:${sequence}:${runId}`,
        edgeMs,
      }
    },

    async capture(trigger, deadlineMs): Promise<CaptureResult> {
      if (!isOpen) return fail(closedFault(name))
      const part = triggered.get(trigger.sequence)
      if (!part) throw new Error(`${trigger.sourceKey} is no waiting trigger of ${name}`)
      triggered.delete(trigger.sequence)
      if (line.hasPassed(trigger.edgeMs)) return fail(lostFault(trigger, 'the next part came before it was captured'))
      if (part.plan.frameFault === 'lost') return fail(lostFault(trigger, 'the camera gave no picture'))
      const shown = await within(deadlineMs, part.rendering, clock, trigger)
      if (!shown.ok) return shown
      const seen = part.plan.frameFault === 'repeated' ? (lastShown ?? shown.value) : shown.value
      lastShown = seen
      nextPart()
      return succeed(captureOf(seen, part.plan, trigger.sequence))
    },

    confirm(trigger) {
      if (trigger.sequence === sequence) line.finished()
      return Promise.resolve()
    },

    /** The part that waits to be triggered; a lost or repeated frame is a matter of its trigger, so here it is seen. */
    async preview() {
      if (!isOpen) return fail(closedFault(name))
      const { plan, rendering } = nextPart()
      const shown = await rendering
      return shown.ok ? succeed(captureOf(shown.value, plan, sequence + 1)) : shown
    },

    health: () => (closing.signal.aborted ? { status: 'failure', detail: `${name} is closed` } : health),

    async close() {
      closing.abort()
      isOpen = false
      await thread.close()
    },
  }
}

const closedFault = (name: string): Fault => fault('camera/unavailable', `${name} is not open`)

const lostFault = ({ partId }: Trigger, why: string): Fault => fault('camera/lostFrame', `part ${partId} is lost: ${why}`)

const clampTo = ([low, high]: readonly [number, number], value: number): number => Math.min(high, Math.max(low, value))

function achieve({ camera }: World, settings: CameraSettings): Required<Omit<CameraSettings, 'triggerMode'>> {
  return {
    exposureUs: clampTo(exposureRangeUs, settings.exposureUs ?? camera.exposureUs),
    gainDb: clampTo(gainRangeDb, settings.gainDb ?? 0),
    widthPx: camera.widthPx,
    heightPx: camera.heightPx,
  }
}

function exposureOf({ camera }: World, { exposureUs, gainDb }: Required<Omit<CameraSettings, 'triggerMode'>>): Exposure {
  const gain = 10 ** (gainDb / 20)
  return { light: (exposureUs / camera.exposureUs) * gain, noise: gain }
}

async function within<T>(deadlineMs: number, work: Promise<Result<T>>, clock: ClockPort, { partId }: Trigger): Promise<Result<T>> {
  const done = new AbortController()
  const late = clock
    .sleep(deadlineMs, done.signal)
    .then(() => fail(fault('camera/timeout', `part ${partId} was not drawn within ${deadlineMs} ms`, { limit: deadlineMs })))
  const answer = await Promise.race([work, late])
  done.abort()
  return answer
}
