import { basename, join, resolve } from 'node:path'
import { fault, type Fault } from '../../domain/fault.ts'
import type { CameraSettings, Capture, Trigger } from '../../domain/frame.ts'
import type { Health } from '../../domain/health.ts'
import type { PartId } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { CameraPort, CaptureResult } from '../../ports/camera.ts'
import type { ClockPort } from '../../ports/clock.ts'
import { fileQueue, type WaitingFile } from './fileQueue.ts'
import { fileOfKey, isSameFile, partNameOf, sourceKeyOf, type ImageFile } from './imageFile.ts'
import { looksComplete } from './looksComplete.ts'
import { readOriginal } from './readOriginal.ts'
import { statFile, watchFolder, type FolderWatch } from './watchFolder.ts'

export interface FolderCameraOptions {
  readonly directory: string
  readonly clock: ClockPort
  /** Which of these source keys have a record already: those files are not offered again. */
  readonly isKnown: (sourceKeys: readonly string[]) => Promise<readonly string[]>
}

/** A file without its format's end mark is left alone until it has not changed for `settleMs`, `settleLimitMs` at the longest. */
export const settleMs = 200
export const settleLimitMs = 5_000
/** How often the folder's own time is looked at, in case the watcher missed something (a network mount, a folder that came back). */
export const relistMs = 2_000
const keysAtOnce = 500

/**
 * A watched directory as an acquisition node writes it: one file, one part; oldest first, then by name. Files are only ever read.
 * Writers should rename a finished file into place (`x.png.part` → `x.png`). A rewritten file is a new part.
 */
export function createFolderCamera({ directory: path, clock, isKnown }: FolderCameraOptions): CameraPort {
  const directory = resolve(path)
  const name = `folder:${basename(directory)}`
  const queue = fileQueue()
  const closing = new AbortController()
  let watch: FolderWatch | undefined
  let watcherTrouble: string | undefined
  let health: Health = { status: 'waiting', detail: `${directory} has not been opened yet` }
  let lookAgainAtAll = true
  let sequence = 0
  let lastCapture: Capture | undefined
  let arrival = new AbortController()
  // Discoveries are taken in one after the other, so that whoever awaits this knows that everything seen so far is in the queue.
  let intake: Promise<void> = Promise.resolve()

  const takeIn = (files: readonly ImageFile[]): Promise<void> => {
    const fresh = queue.claim(files)
    const seenMs = clock.monotonicMs()
    intake = intake.then(async () => {
      for (let i = 0; i < fresh.length; i += keysAtOnce) await takeInSome(fresh.slice(i, i + keysAtOnce), seenMs)
      if (fresh.length > 0) arrival.abort()
    })
    return intake
  }

  const takeInSome = async (files: readonly ImageFile[], seenMs: number): Promise<void> => {
    try {
      const known = new Set(await isKnown(files.map(sourceKeyOf)))
      for (const file of files) if (!known.has(sourceKeyOf(file))) queue.add({ file, seenMs })
    } catch (error) {
      // Better late than twice: they are found again by the next look, when the records can be asked.
      queue.disclaim(files)
      lookAgainAtAll = true
      health = { status: 'failure', detail: `the records cannot say which files of ${directory} are done: ${(error as Error).message}` }
    }
  }

  const look = async (): Promise<Fault | undefined> => {
    try {
      const listing = await watch!.look(lookAgainAtAll ? 'all' : 'new')
      lookAgainAtAll = false
      health = watcherTrouble === undefined
        ? { status: 'ok', detail: `watching ${directory}` }
        : { status: 'maintenance', detail: `${directory} is read every ${relistMs} ms, watching it failed: ${watcherTrouble}` }
      if (!listing) return undefined
      queue.keepOnly(listing.names)
      await takeIn(listing.files)
      return undefined
    } catch (error) {
      const detail = `${directory} cannot be read: ${(error as Error).message}. Create the folder, or grant the right to read it`
      lookAgainAtAll = true
      health = { status: 'failure', detail }
      return fault('camera/unavailable', detail)
    }
  }

  /** The oldest file, once it is all there: as it is then, not as it was when it was first seen. */
  const nextFile = async (signal: AbortSignal): Promise<WaitingFile | undefined> => {
    for (let waiting = queue.head(); waiting; waiting = queue.head()) {
      const file = await settle(directory, waiting.file, clock, signal)
      if (signal.aborted) return undefined
      if (queue.issue(file)) return { ...waiting, file }
    }
    return undefined
  }

  return {
    name,
    isSimulated: false,

    async open(): Promise<Result<CameraSettings>> {
      if (closing.signal.aborted) return fail(closedFault(name))
      watch ??= watchFolder(directory, {
        onFile: (file) => { void takeIn([file]) },
        onTrouble: (error) => { watcherTrouble = error.message },
      })
      lookAgainAtAll = true
      const trouble = await look()
      return trouble ? fail(trouble) : succeed({})
    },

    async awaitTrigger({ whenEmpty, signal: asked }) {
      const signal = AbortSignal.any([asked, closing.signal])
      while (!signal.aborted && watch) {
        arrival = new AbortController()
        await intake
        const next = await nextFile(signal)
        if (next) return triggerFor(next, ++sequence)
        if (whenEmpty === 'wait') await clock.sleep(relistMs, AbortSignal.any([signal, arrival.signal]))
        if (!arrival.signal.aborted && !signal.aborted) await look()
        if (whenEmpty === 'end' && !queue.head()) return undefined
      }
      return undefined
    },

    async capture(trigger, deadlineMs): Promise<CaptureResult> {
      if (closing.signal.aborted || !watch) return fail(closedFault(name))
      const file = fileOfKey(trigger.sourceKey)
      if (!file) throw new Error(`${trigger.sourceKey} is no trigger of ${name}`)
      const done = new AbortController()
      const late = clock.sleep(deadlineMs, done.signal).then(() => fail(lateFault(file, deadlineMs)))
      const original = await Promise.race([readOriginal(directory, file), late])
      done.abort()
      if (!original.ok) return original
      lastCapture = captureOf(name, trigger.sequence, original.value, clock)
      return succeed(lastCapture)
    },

    /** Nothing to do: what has a record is `isKnown` from now on. */
    confirm: () => Promise.resolve(),

    async preview() {
      if (closing.signal.aborted) return fail(closedFault(name))
      if (lastCapture) return succeed(lastCapture)
      const waiting = queue.head()
      if (!waiting) return undefined
      const original = await readOriginal(directory, waiting.file)
      return original.ok ? succeed(captureOf(name, 0, original.value, clock)) : original
    },

    health: () => (closing.signal.aborted ? { status: 'failure', detail: `${name} is closed` } : health),

    async close() {
      closing.abort()
      await watch?.close()
    },
  }
}

const closedFault = (name: string): Fault => fault('camera/unavailable', `${name} is not open`)

const lateFault = (file: ImageFile, deadlineMs: number): Fault =>
  fault('camera/timeout', `${file.name} could not be read within ${deadlineMs} ms`, { limit: deadlineMs })

const triggerFor = ({ file, seenMs }: WaitingFile, sequence: number): Trigger => ({
  partId: partNameOf(file.name) as PartId,
  sequence,
  sourceKey: sourceKeyOf(file),
  edgeMs: seenMs,
})

const captureOf = (camera: string, sequence: number, original: Capture['original'], clock: ClockPort): Capture => ({
  camera,
  sequence,
  original,
  settings: { asked: {}, achieved: {} },
  monotonicMs: clock.monotonicMs(),
  wallTime: clock.wallTime(),
  isSimulated: false,
})

/** Waits while the file may still be growing. A file that has gone comes back as it was: `capture` says that it is lost. */
async function settle(directory: string, seen: ImageFile, clock: ClockPort, signal: AbortSignal): Promise<ImageFile> {
  let file = seen
  for (let waitedMs = 0; waitedMs < settleLimitMs && !signal.aborted; waitedMs += settleMs) {
    const now = await statFile(directory, file.name).catch(() => undefined)
    if (!now) return file
    const isSettled = waitedMs > 0 && isSameFile(now, file)
    file = now
    if (isSettled || Date.parse(clock.wallTime()) - file.mtimeMs > settleLimitMs) return file
    if (await looksComplete(join(directory, file.name), file.size).catch(() => true)) return file
    await clock.sleep(settleMs, signal)
  }
  return file
}
