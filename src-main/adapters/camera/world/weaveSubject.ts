import { mix, smoothStep } from './distance.ts'
import type { Subject } from './surface.ts'
import type { WeaveDescription } from './worldFile.ts'

/** Weft threads that can be missing, counted from the middle. */
const reachableThreads = 13

/** A 2/1 twill without an edge: each weft thread goes over one warp thread and under two, one further in every row. */
export function weaveSubject(weave: WeaveDescription): Subject {
  const { warpPx, weftPx } = weave
  return {
    features: Array.from({ length: 2 * reachableThreads + 1 }, (_, i) => ({
      x: -1_000, y: (i - reachableThreads - 1) * weftPx, width: 2_000, height: 3 * weftPx,
    })),
    rest: () => [0, 0, 0],
    sample(x, y, missing, out) {
      const column = Math.floor(x / warpPx)
      const row = Math.floor(y / weftPx)
      const isGone = missing !== undefined && row === missing - reachableThreads
      const warp = threadAt(x / warpPx - column - 0.5, y / weftPx, column, 0.47)
      const weft = isGone ? absent : threadAt(y / weftPx - row - 0.5, x / warpPx, row, 0.46)
      const warpHeight = warp.height + 1.5 * wave(x, y, weave)
      const weftHeight = weft.height - 1.5 * wave(x, y, weave)
      const top = Math.max(warpHeight, weftHeight)
      const warpShare = smoothStep(-0.35, 0.35, warpHeight - weftHeight)
      const warpColour = modulo(column, weave.stripeEvery) === 0 ? weave.stripe : weave.warp
      const depth = smoothStep(-3.5, 1.8, top)
      const twist = 1 + 0.09 * mix(weft.twist, warp.twist, warpShare)
      const level = mix(0.34, 1, depth) * twist
      out.red = level * mix(weave.weft[0], warpColour[0], warpShare)
      out.green = level * mix(weave.weft[1], warpColour[1], warpShare)
      out.blue = level * mix(weave.weft[2], warpColour[2], warpShare)
      out.relief = Math.max(top, -3.5) * 0.42
      out.gloss = 0.04
      out.cover = 1
      out.shadow = 0
    },
  }
}

interface Thread {
  /** Over the fabric's middle, in pixels. */
  readonly height: number
  readonly twist: number
}

const absent: Thread = { height: -9, twist: 0 }

/** A round yarn: `across` −0.5…0.5 over its cell, `along` in cells of the other direction; fibres run around it at an angle. */
function threadAt(across: number, along: number, index: number, halfWidth: number): Thread {
  const rim = 1 - (across / halfWidth) ** 2
  if (rim <= 0) return absent
  return { height: 2.6 * Math.sqrt(rim) - 1.6, twist: Math.sin((along * 2.6 + across * 1.7 + index * 0.37) * Math.PI * 2) * rim }
}

/** Positive where the warp lies on top: two cells in three, moving on by one with each row. */
function wave(x: number, y: number, { warpPx, weftPx }: WeaveDescription): number {
  return Math.sin(((x / warpPx - y / weftPx) / 3) * Math.PI * 2) + 0.5
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by

