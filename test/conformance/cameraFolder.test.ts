import { appendFile, chmod, mkdir, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFolderCamera, relistMs, settleLimitMs, settleMs } from '../../src-main/adapters/camera/folderCamera.ts'
import { fileBytesLimit } from '../../src-main/adapters/camera/readOriginal.ts'
import { createSharpPixels } from '../../src-main/adapters/pixels/sharpPixels.ts'
import type { Trigger } from '../../src-main/domain/frame.ts'
import type { CameraPort } from '../../src-main/ports/camera.ts'
import { fakeClock, type FakeClock } from '../support/fakeClock.ts'
import { imageFolder, smallPicture, type ImageFolder } from '../support/imageFolder.ts'

const pixels = createSharpPixels(new URL('../../src-main/hosts/pixelsThread.ts', import.meta.url))
afterAll(() => pixels.close())

let folder: ImageFolder
let clock: FakeClock
let known: Set<string>
const cameras: CameraPort[] = []

beforeEach(async () => {
  folder = await imageFolder()
  clock = fakeClock()
  known = new Set()
})
afterEach(async () => {
  await Promise.all(cameras.splice(0).map((camera) => camera.close()))
  await chmod(folder.path, 0o755).catch(() => undefined)
  await folder.remove()
})

function newCamera(directory = folder.path): CameraPort {
  const camera = createFolderCamera({ directory, clock, isKnown: (keys) => Promise.resolve(keys.filter((key) => known.has(key))) })
  cameras.push(camera)
  return camera
}

async function openCamera(): Promise<CameraPort> {
  const camera = newCamera()
  expect(await camera.open({})).toMatchObject({ ok: true })
  return camera
}

const wait = (camera: CameraPort): Promise<Trigger | undefined> => camera.awaitTrigger({ whenEmpty: 'wait', signal: AbortSignal.timeout(20_000) })
const take = (camera: CameraPort): Promise<Trigger | undefined> => camera.awaitTrigger({ whenEmpty: 'end', signal: AbortSignal.timeout(20_000) })

async function backlog(camera: CameraPort): Promise<readonly string[]> {
  const parts: string[] = []
  for (let trigger = await take(camera); trigger; trigger = await take(camera)) {
    known.add(trigger.sourceKey)
    parts.push(trigger.partId)
  }
  return parts
}

/** Turns virtual time while real files are written and read. */
async function pass<T>(work: Promise<T>): Promise<T> {
  let isDone = false
  const done = work.finally(() => { isDone = true })
  while (!isDone) await clock.advance(settleMs)
  return done
}

describe('what is taken, and in which order', () => {
  test('oldest first, then by name', async () => {
    await folder.put('b.pgm', undefined, 50)
    await folder.put('c.pgm', undefined, 90)
    await folder.put('a.pgm', undefined, 50)
    const sameTime = new Date(Date.now() - 50_000)
    for (const name of ['a.pgm', 'b.pgm']) await utimes(join(folder.path, name), sameTime, sameTime)
    expect(await backlog(await openCamera())).toEqual(['c', 'a', 'b'])
  })

  test('only images: parts, dot files, other files and folders are left alone', async () => {
    await folder.put('one.PGM')
    for (const name of ['two.pgm.part', '.three.pgm', 'notes.txt', 'pgm']) await writeFile(join(folder.path, name), smallPicture(1))
    await mkdir(join(folder.path, 'four.png'))
    await mkdir(join(folder.path, 'below'))
    await writeFile(join(folder.path, 'below', 'five.pgm'), smallPicture(1))
    expect(await backlog(await openCamera())).toEqual(['one'])
  })

  test('every extension, in any case', async () => {
    const names = ['a.jpg', 'b.JPEG', 'c.Png', 'd.bmp', 'e.tif', 'f.TIFF', 'g.pgm', 'h.ppm']
    for (const [i, name] of names.entries()) await folder.put(name, undefined, 100 - i)
    expect(await pass(openCamera().then(backlog))).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  })

  test.each(['Teil Ä–7 ✓.pgm', '部品.pgm', 'a|b|1.pgm', 'two.dots.pgm', "quote'\"$(x).pgm"])('a file named %s', async (name) => {
    await folder.put(name)
    const camera = await openCamera()
    const trigger = await take(camera)
    expect(trigger?.partId).toBe(name.slice(0, -4))
    expect(await camera.capture(trigger!, 1_000)).toMatchObject({ ok: true, value: { original: { mediaType: 'image/x-portable-anymap' } } })
  })

  test('the source key names file, size and time', async () => {
    await folder.put('part.pgm')
    const { size, mtimeMs } = await stat(join(folder.path, 'part.pgm'))
    expect((await take(await openCamera()))?.sourceKey).toBe(`folder:part.pgm|${size}|${mtimeMs}`)
  })

  test('a file that arrives while the camera waits is given at once', async () => {
    const camera = await openCamera()
    const coming = wait(camera)
    await folder.put('late.pgm')
    expect((await coming)?.partId).toBe('late')
  })

  test('300 files, half of them arriving meanwhile: each once', async () => {
    for (let i = 0; i < 150; i++) await folder.put(`old-${i}.pgm`)
    const camera = await openCamera()
    const seen: string[] = []
    const writing = (async () => { for (let i = 0; i < 150; i++) await folder.put(`new-${i}.pgm`) })()
    while (seen.length < 300) seen.push((await wait(camera))!.partId)
    await writing
    expect(await take(camera)).toBeUndefined()
    expect(new Set(seen).size).toBe(300)
  })

  test('files are never moved, changed or deleted', async () => {
    await folder.put('part.pgm', undefined, 1_000)
    const path = join(folder.path, 'part.pgm')
    const before = await stat(path)
    const camera = await openCamera()
    const trigger = await take(camera)
    await camera.capture(trigger!, 1_000)
    await camera.confirm(trigger!)
    await camera.close()
    const after = await stat(path)
    expect([after.ino, after.size, after.mtimeMs]).toEqual([before.ino, before.size, before.mtimeMs])
  })
})

describe('restart', () => {
  test('loses nothing and repeats nothing', async () => {
    for (let i = 0; i < 20; i++) await folder.put(`p${String(i).padStart(2, '0')}.pgm`, undefined, 100 - i)
    const first = await openCamera()
    const before: string[] = []
    for (let i = 0; i < 7; i++) {
      const trigger = await take(first)
      before.push(trigger!.partId)
      known.add(trigger!.sourceKey)
    }
    await take(first) // triggered, never recorded
    await first.close()
    await folder.put('p20.pgm')
    const after = await backlog(await openCamera())
    expect(before.concat(after)).toEqual(Array.from({ length: 21 }, (_, i) => `p${String(i).padStart(2, '0')}`))
  })

  test('a file name used again with new content is a new part', async () => {
    await folder.put('part.pgm', smallPicture(1), 60)
    expect(await backlog(await openCamera())).toEqual(['part'])
    const camera = await openCamera()
    expect(await take(camera)).toBeUndefined()
    const coming = wait(camera)
    await folder.put('part.pgm', smallPicture(2))
    const trigger = await coming
    const capture = await camera.capture(trigger!, 1_000)
    expect(capture.ok && capture.value.original.bytes.at(-1)).toBe(2)
    expect(await take(camera)).toBeUndefined()
  })

  test('while the records cannot say what is done, nothing is given; then everything', async () => {
    await folder.put('part.pgm')
    let isBroken = true
    const camera = createFolderCamera({ directory: folder.path, clock, isKnown: () => (isBroken ? Promise.reject(new Error('disk is full')) : Promise.resolve([])) })
    cameras.push(camera)
    await camera.open({})
    expect(camera.health()).toMatchObject({ status: 'failure', detail: expect.stringContaining('disk is full') as string })
    expect(await take(camera)).toBeUndefined()
    isBroken = false
    expect((await take(camera))?.partId).toBe('part')
    expect(camera.health().status).toBe('ok')
  })
})

describe('trouble with files', () => {
  const photo = (): Promise<Buffer> => sharp({ create: { width: 200, height: 150, channels: 3, background: '#567', noise: { type: 'gaussian', mean: 128, sigma: 30 } } }).jpeg().toBuffer()

  /** The fault of one file, through camera and decoder; its bytes are kept whatever became of them. */
  async function faultOf(name: string, bytes: Uint8Array): Promise<string> {
    await folder.put(name, bytes)
    const camera = await openCamera()
    const trigger = await pass(take(camera))
    const capture = await camera.capture(trigger!, 1_000)
    if (!capture.ok) return capture.fault.code
    expect(Buffer.compare(capture.value.original.bytes, bytes)).toBe(0)
    const opened = await pixels.open(capture.value, 1_000_000)
    return opened.ok ? 'sound' : opened.fault.code
  }

  test('a good one', async () => { expect(await faultOf('good.jpg', await photo())).toBe('sound') })
  test('0 bytes', async () => { expect(await faultOf('none.png', new Uint8Array())).toBe('frame/empty') })
  test('cut off and never finished', async () => { expect(await faultOf('half.jpg', (await photo()).subarray(0, 2_000))).toBe('frame/unreadable') })
  test('garbage', async () => { expect(await faultOf('garbage.png', Buffer.alloc(3_000, 7))).toBe('frame/unreadable') })
  test('another format than its name says is read by its content', async () => { expect(await faultOf('really.bmp', await photo())).toBe('sound') })

  test('a file beyond the byte limit is not read into memory', async () => {
    const path = join(folder.path, 'giant.bmp')
    await writeFile(`${path}.part`, 'BM')
    await truncate(`${path}.part`, fileBytesLimit + 1)
    await rename(`${path}.part`, path)
    const camera = await openCamera()
    const trigger = await pass(take(camera))
    expect(await camera.capture(trigger!, 1_000)).toMatchObject({ ok: false, fault: { code: 'frame/tooLarge', limit: fileBytesLimit } })
  })

  test('gone between trigger and capture', async () => {
    await folder.put('gone.pgm')
    const camera = await openCamera()
    const trigger = await take(camera)
    await rm(join(folder.path, 'gone.pgm'))
    expect(await camera.capture(trigger!, 1_000)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame' } })
  })

  test('rewritten between trigger and capture: the old picture is lost, the new one is a part', async () => {
    await folder.put('twice.pgm', smallPicture(1), 60)
    const camera = await openCamera()
    const trigger = await take(camera)
    await folder.put('twice.pgm', smallPicture(2))
    expect(await camera.capture(trigger!, 1_000)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame', detail: expect.stringContaining('rewritten') as string } })
    const next = await wait(camera)
    const capture = await camera.capture(next!, 1_000)
    expect(capture.ok && capture.value.original.bytes.at(-1)).toBe(2)
  })

  test('deleted before its turn: it is a lost frame, not silence', async () => {
    await folder.put('a.pgm', undefined, 60)
    await folder.put('b.pgm', undefined, 50)
    const camera = await openCamera()
    await take(camera)
    await rm(join(folder.path, 'b.pgm'))
    const trigger = await take(camera)
    expect(trigger?.partId).toBe('b')
    expect(await camera.capture(trigger!, 1_000)).toMatchObject({ ok: false, fault: { code: 'camera/lostFrame' } })
  })
})

describe('a file that is still growing', () => {
  test.each(['jpeg', 'png', 'tiff'] as const)('%s: is triggered once, when it is whole', async (format) => {
    const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#567', noise: { type: 'gaussian', mean: 128, sigma: 30 } } })[format]().toBuffer()
    const path = join(folder.path, `growing.${format}`)
    const camera = await openCamera()
    await writeFile(path, bytes.subarray(0, 1_000))
    const coming = wait(camera)
    for (let at = 1_000; at < bytes.length; at += Math.ceil(bytes.length / 5)) {
      await clock.advance(settleMs / 2)
      await appendFile(path, bytes.subarray(at, Math.min(bytes.length, at + Math.ceil(bytes.length / 5))))
    }
    const trigger = await pass(coming)
    const capture = await camera.capture(trigger!, 1_000)
    expect(capture.ok && Buffer.compare(capture.value.original.bytes, bytes)).toBe(0)
    expect(await pass(take(camera))).toBeUndefined()
  })

  test('one that grows for ever does not stop the line', async () => {
    const path = join(folder.path, 'endless.jpg')
    await writeFile(path, Buffer.alloc(100, 0xff))
    const camera = await openCamera()
    const startMs = clock.monotonicMs()
    const coming = wait(camera)
    let trigger: Trigger | undefined
    void coming.then((given) => { trigger = given })
    while (!trigger && clock.monotonicMs() - startMs < 4 * settleLimitMs) {
      await appendFile(path, Buffer.alloc(10, 1))
      await clock.advance(settleMs / 2)
    }
    expect(trigger?.partId).toBe('endless')
    expect(clock.monotonicMs() - startMs).toBeGreaterThanOrEqual(settleLimitMs)
  })
})

describe('trouble with the folder', () => {
  test('one that does not exist is camera/unavailable, and says what to do', async () => {
    const camera = newCamera(join(folder.path, 'nowhere'))
    expect(await camera.open({})).toMatchObject({
      ok: false,
      fault: { code: 'camera/unavailable', detail: expect.stringMatching(/nowhere.*Create the folder/) as string },
    })
    expect(camera.health().status).toBe('failure')
    await mkdir(join(folder.path, 'nowhere'))
    expect(await camera.open({})).toMatchObject({ ok: true })
    expect(camera.health().status).toBe('ok')
  })

  test('one that vanishes and comes back is picked up again', async () => {
    await folder.put('first.pgm')
    const camera = await openCamera()
    expect((await take(camera))?.partId).toBe('first')
    const coming = wait(camera)
    await rm(folder.path, { recursive: true })
    await clock.advance(relistMs)
    while (camera.health().status === 'ok') await clock.advance(relistMs)
    expect(camera.health()).toMatchObject({ status: 'failure', detail: expect.stringContaining(folder.path) as string })
    await mkdir(folder.path)
    await folder.put('second.pgm')
    expect((await pass(coming))?.partId).toBe('second')
    expect(camera.health().status).toBe('ok')
  })
})
