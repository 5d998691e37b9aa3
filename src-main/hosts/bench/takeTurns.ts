import { setImmediate as giveWay } from 'node:timers/promises'
import { percentilesOf, type Percentiles } from '../../monitoring/lineTelemetry.ts'

const warmUps = 3

/** Times of several works, run turn about so that what else the machine does falls on all of them alike. */
export async function takeTurns<Name extends string>(works: Readonly<Record<Name, () => Promise<unknown>>>, turns: number): Promise<Readonly<Record<Name, Percentiles>>> {
  const timesMs = Object.fromEntries(Object.keys(works).map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let turn = -warmUps; turn < turns; turn++)
    for (const [name, work] of Object.entries(works) as [Name, () => Promise<unknown>][]) {
      const startedMs = performance.now()
      await work()
      if (turn >= 0) timesMs[name].push(performance.now() - startedMs)
      await giveWay()
    }
  return Object.fromEntries(Object.entries<number[]>(timesMs).map(([name, times]) => [name, percentilesOf(times)!])) as unknown as Record<Name, Percentiles>
}
