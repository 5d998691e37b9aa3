import { randomStream } from './randomStream.ts'
import { subjectOf } from './subjectOf.ts'
import type { Box, Subject, SurfaceSample } from './surface.ts'
import type { World } from './worldFile.ts'

/** Floats of one place of the part's map, in this order. */
export const mapStride = 8
/** How far the map reaches over the picture, so that a shifted and turned part is still known up to the picture's edge. */
export const mapMarginPx = 24

/** Everything that is the same for all parts of a world, computed once, and the canvas that the parts are drawn on. */
export interface Scene {
  readonly world: World
  readonly subject: Subject
  /** The faultless part: red, green, blue, relief, gloss, cover, shadow, and one float unused so that a place is 32 bytes. */
  readonly map: Float32Array
  readonly mapWidth: number
  readonly mapHeight: number
  /** What lies under the part: RGB. */
  readonly rest: Float32Array
  /** Standard normal values, as many as `noiseMask` + 1. */
  readonly noise: Float32Array
  readonly canvas: Canvas
}

/** One picture before light falls on it. */
export interface Canvas {
  readonly widthPx: number
  readonly heightPx: number
  readonly colour: Float32Array
  readonly relief: Float32Array
  readonly gloss: Float32Array
  readonly cover: Float32Array
  /** Grey levels with light, before the sensor: RGB. */
  readonly levels: Float32Array
}

export const noiseMask = 0xffff

export function buildScene(world: World): Scene {
  const { widthPx, heightPx } = world.camera
  const mapWidth = widthPx + 2 * mapMarginPx
  const mapHeight = heightPx + 2 * mapMarginPx
  const scene: Scene = {
    world,
    subject: subjectOf(world),
    map: new Float32Array(mapWidth * mapHeight * mapStride),
    mapWidth,
    mapHeight,
    rest: new Float32Array(widthPx * heightPx * 3),
    noise: normalValues(),
    canvas: newCanvas(widthPx, heightPx),
  }
  drawMap(scene, { x: -mapWidth / 2, y: -mapHeight / 2, width: mapWidth, height: mapHeight })
  for (let y = 0, o = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, o += 3) scene.rest.set(scene.subject.rest(x + 0.5 - widthPx / 2, y + 0.5 - heightPx / 2), o)
  return scene
}

/** Draws the part's surface inside a box of its own coordinates into the map. */
export function drawMap({ subject, map, mapWidth, mapHeight }: Scene, box: Box, missing?: number): void {
  const out: SurfaceSample = { red: 0, green: 0, blue: 0, relief: 0, gloss: 0, cover: 0, shadow: 0 }
  const left = Math.max(0, Math.floor(box.x + mapWidth / 2))
  const right = Math.min(mapWidth, Math.ceil(box.x + box.width + mapWidth / 2))
  const top = Math.max(0, Math.floor(box.y + mapHeight / 2))
  const bottom = Math.min(mapHeight, Math.ceil(box.y + box.height + mapHeight / 2))
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      subject.sample(x + 0.5 - mapWidth / 2, y + 0.5 - mapHeight / 2, missing, out)
      const at = (y * mapWidth + x) * mapStride
      map[at] = out.red
      map[at + 1] = out.green
      map[at + 2] = out.blue
      map[at + 3] = out.relief
      map[at + 4] = out.gloss
      map[at + 5] = out.cover
      map[at + 6] = out.shadow
    }
}

function newCanvas(widthPx: number, heightPx: number): Canvas {
  const plane = (channels: number): Float32Array => new Float32Array(widthPx * heightPx * channels)
  return { widthPx, heightPx, colour: plane(3), relief: plane(1), gloss: plane(1), cover: plane(1), levels: plane(3) }
}

/** Box–Muller; the sensor's noise is the same material for every world, cut differently for every row of every part. */
function normalValues(): Float32Array {
  const random = randomStream(0x5e45)
  const values = new Float32Array(noiseMask + 1)
  for (let i = 0; i < values.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.between(0, 1)))
    const angle = random.between(0, 2 * Math.PI)
    values[i] = radius * Math.cos(angle)
    values[i + 1] = radius * Math.sin(angle)
  }
  return values
}
