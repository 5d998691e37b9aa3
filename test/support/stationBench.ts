import { fault, type Fault } from '../../src-main/domain/fault.ts'
import type { Trigger } from '../../src-main/domain/frame.ts'
import type { Health } from '../../src-main/domain/health.ts'
import type { PartId, Sha256 } from '../../src-main/domain/ids.ts'
import type { ClosedInspection, Inspection } from '../../src-main/domain/inspection.ts'
import type { LineSettings } from '../../src-main/domain/lineSettings.ts'
import type { LineInput, OutputOrder, StationStatus, TrackedPart } from '../../src-main/domain/lineSignals.ts'
import type { OutputName, Recipe } from '../../src-main/domain/recipe.ts'
import { fail, succeed } from '../../src-main/domain/result.ts'
import { jsonLog } from '../../src-main/adapters/log/jsonLog.ts'
import { quietSink } from '../../src-main/hosts/commands/quietSink.ts'
import type { CameraPort } from '../../src-main/ports/camera.ts'
import type { EvidencePort } from '../../src-main/ports/evidence.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { Station } from '../../src-main/station/station.ts'
import type { StationParts } from '../../src-main/station/stationParts.ts'
import { fakeClock } from './fakeClock.ts'
import { parityRecipe, parityRoom } from './parityRoom.ts'

const log = jsonLog(quietSink, fakeClock())
const ok: Health = { status: 'ok', detail: 'bench' }

export const benchLine: LineSettings = {
  trigger: { kind: 'plc' },
  partIds: { kind: 'counter', prefix: 'part-' },
  deadlineMs: 100,
  stopAfter: { rejectsInARow: 1_000, noDecisionsInARow: 1_000 },
}

/** What the devices do next; a test changes it while the station runs. */
export interface BenchWorld {
  /** Grey level of the next part: up to 40 passes, up to 50 is unsure, above fails. Every second picture is one level off, so that none repeats. */
  level: number
  captureMs: number
  recordMs: number
  driveMs: number
  capture: Fault | null
  record: Fault | null
  plc: Health
  evidence: Health
  /** The picture is this much older than the moment at which it was asked for. */
  pictureAgeMs: number
  /** The camera takes no picture, however long one waits. */
  isBlind: boolean
  pixelsThrow: boolean
  isConfirming: boolean
  /** What the line takes no more of: it came too late for it. */
  takesTooLate: OutputName | null
}

/** A whole station over scripted devices and virtual time. */
export function stationBench(line: LineSettings | undefined, parts: Partial<StationParts> = {}, recipeChanges: Partial<Recipe> = {}, twins: { readonly camera?: Partial<CameraPort>; readonly plc?: Partial<PlcPort> } = {}) {
  const clock = fakeClock()
  const room = parityRoom()
  const world: BenchWorld = { level: 30, captureMs: 5, recordMs: 2, driveMs: 10, capture: null, record: null, plc: ok, evidence: ok, pictureAgeMs: 0, isBlind: false, pixelsThrow: false, isConfirming: true, takesTooLate: null }
  const inputs = new Set<(input: LineInput) => void>()
  const healthListeners = new Set<(health: Health) => void>()
  const seen = { tracked: [] as TrackedPart[], orders: [] as (OutputOrder & { atMs: number; during: string })[], told: [] as StationStatus[], stored: new Map<string, ClosedInspection>(), durableAtMs: new Map<string, number>(), closed: [] as ClosedInspection[], reopened: 0, cameraSettings: [] as unknown[] }
  let pictures = 0
  let isPlcOpen = false

  const camera: CameraPort = {
    name: 'bench',
    isSimulated: false,
    async open(settings) {
      seen.cameraSettings.push(settings)
      return succeed(settings)
    },
    async awaitTrigger({ signal }) {
      if (world.isBlind) await clock.sleep(1e9, signal)
      if (signal.aborted) return undefined
      pictures += 1
      return { partId: `picture-${pictures}` as PartId, sequence: pictures, sourceKey: `bench:${pictures}`, edgeMs: clock.monotonicMs() } satisfies Trigger
    },
    async capture({ sequence }) {
      await clock.sleep(world.captureMs)
      if (world.capture) return fail(world.capture)
      return succeed({
        camera: 'bench', sequence, original: { bytes: Uint8Array.of(world.level - (sequence % 2)), mediaType: 'image/png' as const },
        settings: { asked: {}, achieved: {} }, monotonicMs: clock.monotonicMs() - world.pictureAgeMs, wallTime: clock.wallTime(), isSimulated: false,
      })
    },
    confirm: async () => undefined,
    preview: async () => undefined,
    health: () => ok,
    close: async () => undefined,
  }

  const plc: PlcPort = {
    isSimulated: true,
    async open() {
      isPlcOpen = true
      return succeed(undefined)
    },
    onInput(listener) {
      inputs.add(listener)
      return () => inputs.delete(listener)
    },
    track: (part) => { seen.tracked.push(part) },
    async drive(order) {
      if (!isPlcOpen) throw new Error('a part is told to a line that was hung up')
      seen.orders.push({ ...order, atMs: clock.monotonicMs(), during: station.state.name })
      await clock.sleep(world.driveMs)
      const { output, askedMs } = order
      if (world.takesTooLate === output) return { output, coil: 1, delayMs: 0, pulseMs: 100, askedMs, onMs: null, offMs: null, readBack: 'unknown', fault: fault('station/late', 'scripted') }
      return {
        output, coil: 0, delayMs: 0, pulseMs: 100, askedMs, onMs: askedMs, offMs: clock.monotonicMs(), readBack: 'agrees', fault: null,
        ...(line?.confirmWithinMs !== undefined && output === 'reject' && { confirmedMs: world.isConfirming ? clock.monotonicMs() : null }),
      }
    },
    tell: (status) => { seen.told.push(status) },
    makeSafe: async () => succeed(undefined),
    health: () => world.plc,
    onHealth(listener) {
      healthListeners.add(listener)
      return () => healthListeners.delete(listener)
    },
    onCoil: () => () => undefined,
    registers: async () => succeed([]),
    force: async () => succeed(undefined),
    onTraffic: () => () => undefined,
    async close() { isPlcOpen = false },
  }

  const evidence = {
    open: async () => {
      seen.reopened += 1
      world.evidence = ok
      return succeed({})
    },
    fetch: async () => succeed(new Uint8Array(1)),
    loadDocument: async (name: string) => fail(fault('request/notFound', name)),
    totals: async () => succeed({ inspections: seen.stored.size }),
    health: () => world.evidence,
    async record(inspection: Inspection) {
      await clock.sleep(world.recordMs)
      if (world.record) return fail(world.record)
      if ([...seen.stored.values()].some(({ sourceKey }) => sourceKey === inspection.sourceKey)) return fail(fault('evidence/duplicate', inspection.sourceKey))
      const recorded = { ...inspection, receipt: null }
      seen.stored.set(inspection.resultId, recorded)
      seen.durableAtMs.set(inspection.resultId, clock.monotonicMs())
      return succeed(recorded)
    },
    async close(id: string, receipt: ClosedInspection['receipt']) {
      const closed = { ...seen.stored.get(id)!, receipt }
      seen.stored.set(id, closed)
      return succeed(closed)
    },
  } as unknown as EvidencePort

  const station = new Station(
    {
      clock, evidence, log, whenEmpty: 'wait',
      model: { ...room.tools.model, load: async (sha256) => succeed({ sha256, provider: 'cpu', passedOver: [], inputWidthPx: 1, inputHeightPx: 1, mapWidth: 1, mapHeight: 1, warmUpMs: 0 }) },
      pixels: {
        ...room.tools.pixels,
        async open(capture, maxPixels) {
          if (world.pixelsThrow) throw new Error('the pixels thread has died')
          return room.tools.pixels.open(capture, maxPixels)
        },
      },
      openCamera: async () => succeed({ ...camera, ...twins.camera }),
      openPlc: async () => succeed({ ...plc, ...twins.plc }),
      origin: { jobId: 'bench', bootId: 'abcd0000', software: { version: '1', node: '24', onnxruntime: '1', platform: 'linux' } },
      ...parts,
    },
    { onChange: () => undefined, onRecorded: () => undefined, onClosed: (one) => { seen.closed.push(one) }, onEmpty: () => undefined },
  )
  const outputs = { accept: { coil: 1, delayMs: 0, pulseMs: 100 }, reject: { coil: 0, delayMs: 0, pulseMs: 100 } }
  station.activate({ recipe: { ...parityRecipe, outputs, ...(line && { line }), ...recipeChanges }, hash: 'a5c3'.padEnd(64, '0') as Sha256, plcTarget: 'simulated' })

  return {
    clock, world, seen, station,
    /** False: nobody heard it, because the station has hung up. */
    say(input: LineInput): boolean {
      for (const listener of [...inputs]) listener(input)
      return inputs.size > 0
    },
    /** A trigger with this number, at this moment. */
    trigger(triggerNumber: number, changes: Partial<TrackedPart> = {}): boolean {
      return this.say({ kind: 'triggered', part: { partId: null, triggerNumber, edgeMs: clock.monotonicMs(), encoderCount: null, isChallenge: false, ...changes } })
    },
    setPlcHealth(health: Health): void {
      world.plc = health
      for (const listener of [...healthListeners]) listener(health)
    },
    async run(): Promise<void> {
      station.run()
      await clock.advance(1)
    },
  }
}
