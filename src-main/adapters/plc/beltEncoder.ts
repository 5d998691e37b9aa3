/** A count wraps around at 32 bits; read as signed, a difference of two is right whichever of them has wrapped. */
const differenceOf = (later: number, earlier: number): number => (later - earlier) | 0

/** Long enough to feel a belt that speeds up, and to see more than a step or two of a coarse encoder. */
const speedWindowMs = 40

/** The longest time within which a reject may be confirmed. */
const rememberedMs = 60_000

interface Sample {
  readonly atMs: number
  /** Counts since the first sample, without end. */
  readonly position: number
}

/** Where the belt was, is and will be, from looks at its counter. Counts are unsigned 32-bit numbers as the device has them. */
export interface BeltEncoder {
  look(count: number, atMs: number): void
  /** Between looks by the way, after the last one by the speed; null before the first look. */
  countAt(atMs: number): number | null
  /**
   * Monotonic ms at which the belt is `further` counts past `count`: found between looks where it has been there, else foretold by the
   * speed. Infinity: it stands still. -Infinity: longer ago than is remembered.
   */
  timeOf(count: number, further: number): number
}

export function beltEncoder(): BeltEncoder {
  let samples: Sample[] = []
  let lastCount = 0

  const last = (): Sample | undefined => samples.at(-1)

  function countsPerMs(): number {
    const latest = last()
    const from = latest && samples.findLast((sample) => latest.atMs - sample.atMs >= speedWindowMs)
    const first = from ?? samples[0]
    return latest && first && latest.atMs > first.atMs ? (latest.position - first.position) / (latest.atMs - first.atMs) : 0
  }

  function positionAt(atMs: number): number | undefined {
    const latest = last()
    if (!latest) return undefined
    if (atMs >= latest.atMs) return latest.position + countsPerMs() * (atMs - latest.atMs)
    const before = samples.findLastIndex((sample) => sample.atMs <= atMs)
    const [from, to] = [samples[Math.max(before, 0)]!, samples[before + 1]!]
    return before < 0 ? from.position : from.position + ((to.position - from.position) * (atMs - from.atMs)) / (to.atMs - from.atMs)
  }

  return {
    look(count, atMs) {
      const latest = last()
      samples.push({ atMs, position: latest ? latest.position + differenceOf(count, lastCount) : 0 })
      lastCount = count
      // Half a minute in one go: taking one off the front each time would move all the others.
      if (atMs - samples[0]!.atMs > 1.5 * rememberedMs) samples = samples.filter((sample) => atMs - sample.atMs <= rememberedMs)
    },
    countAt(atMs) {
      const position = positionAt(atMs)
      return position === undefined ? null : (Math.round(position - last()!.position) + lastCount) >>> 0
    },
    timeOf(count, further) {
      const latest = last()
      if (!latest) return Infinity
      const target = latest.position + differenceOf(count, lastCount) + further
      if (latest.position < target) {
        const speed = countsPerMs()
        return speed > 0 ? latest.atMs + (target - latest.position) / speed : Infinity
      }
      const before = samples.findLastIndex((sample) => sample.position < target)
      if (before < 0) return -Infinity
      const [from, to] = [samples[before]!, samples[before + 1]!]
      return from.atMs + ((to.atMs - from.atMs) * (target - from.position)) / (to.position - from.position)
    },
  }
}
