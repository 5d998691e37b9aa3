import { join } from 'node:path'
import sharp from 'sharp'
import { planPart } from '../../../src-main/adapters/camera/world/planPart.ts'
import { renderPart } from '../../../src-main/adapters/camera/world/renderPart.ts'
import { buildScene } from '../../../src-main/adapters/camera/world/scene.ts'
import { loadWorld } from '../../../src-main/adapters/camera/world/worldFile.ts'
import type { FrameQuality } from '../../../src-main/domain/frame.ts'
import { measureFrame } from '../../../src-main/pipeline/measureFrame.ts'

export interface TakenPicture {
  readonly jpeg: Blob
  readonly quality: FrameQuality
}

const seed = 7

const worlds = new Map<string, Promise<(part: number) => Promise<TakenPicture>>>()

/** Good parts of a shipped world, by number: the same number gives the same picture, and is drawn once. */
export function worldPictures(name: string): Promise<(part: number) => Promise<TakenPicture>> {
  const known = worlds.get(name) ?? openWorld(name)
  worlds.set(name, known)
  return known
}

async function openWorld(name: string): Promise<(part: number) => Promise<TakenPicture>> {
  const world = await loadWorld(name, join(import.meta.dirname, '../../../resources/worlds'))
  if (!world.ok) throw new Error(world.fault.detail)
  const scene = buildScene(world.value)
  const taken = new Map<number, Promise<TakenPicture>>()
  const take = async (part: number): Promise<TakenPicture> => {
    const image = renderPart(scene, planPart(world.value, seed, part, { isGood: true, injected: [] }), { light: 1, noise: 1 })
    const { widthPx: width, heightPx: height, data } = image
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 88 }).toBuffer()
    return { jpeg: new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), quality: measureFrame(image) }
  }
  return (part) => {
    const known = taken.get(part) ?? take(part)
    taken.set(part, known)
    return known
  }
}
