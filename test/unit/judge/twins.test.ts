import { expect, it } from 'vitest'
import { faultAt } from '../../../src-main/hosts/judge/faultSchedule.ts'
import { drawPart, looksDefective, modelErrorShare, pictureSidePx, readPart } from '../../../src-main/hosts/judge/partPicture.ts'
import { decodeNetpbm } from '../../../src-main/pipeline/netpbm.ts'

it.each([0, 1, 77, 100_000, 2 ** 31 + 5])('a picture of part %i shows it, and whether it looks defective', (part) => {
  for (const isDefective of [false, true]) expect(readPart(drawPart({ part, looksDefective: isDefective }, 1))).toEqual({ part, looksDefective: isDefective })
  expect(decodeNetpbm(drawPart({ part, looksDefective: true }, 1).bytes, 4_096)).toMatchObject({ ok: true, value: { widthPx: pictureSidePx, heightPx: pictureSidePx, channels: 1 } })
})

it('the model is wrong about its share of the parts, and about the same ones each time', () => {
  const wrong = (seed: number): number[] => Array.from({ length: 20_000 }, (_, i) => i + 1).filter((part) => looksDefective(seed, part, false))
  expect(wrong(3)).toEqual(wrong(3))
  expect(wrong(3).length / 20_000).toBeCloseTo(modelErrorShare, 2)
})

it('faults come at their rate, by the seed, each of the role’s own kinds', () => {
  const faults = (seed: number): unknown[] => Array.from({ length: 20_000 }, (_, i) => faultAt('server', seed, i + 1, 50)?.name ?? null).filter(Boolean)
  expect(faults(5)).toEqual(faults(5))
  expect(faults(5)).not.toEqual(faults(6))
  expect(faults(5).length).toBeGreaterThan(320)
  expect(faults(5).length).toBeLessThan(480)
  expect(new Set(faults(5)).size).toBe(17)
  expect(faults(5)).not.toContain('stuckOutput')
})
