import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { planPart, type Supply } from '../../../src-main/adapters/camera/world/planPart.ts'
import { loadWorld, parseWorld, type World } from '../../../src-main/adapters/camera/world/worldFile.ts'

const directory = new URL('../../../resources/worlds', import.meta.url).pathname
const plateText = readFileSync(`${directory}/plate.json`, 'utf8')

function plate(): World {
  const parsed = parseWorld(plateText, 'plate.json')
  if (!parsed.ok) throw new Error(parsed.fault.detail)
  return parsed.value
}

const problemOf = (change: (world: Record<string, never>) => void): string => {
  const json = JSON.parse(plateText) as Record<string, never>
  change(json)
  const parsed = parseWorld(JSON.stringify(json), '/some/where/mine.json')
  return parsed.ok ? 'fine' : parsed.fault.detail
}

describe('world files', () => {
  test.each(['plate', 'cap', 'weave'])('%s is shipped and valid', async (name) => {
    expect(await loadWorld(name, directory)).toMatchObject({ ok: true, value: { name } })
  })

  test('a path to a JSON file is taken as well', async () => {
    expect(await loadWorld(`${directory}/cap.json`, '/nowhere')).toMatchObject({ ok: true, value: { name: 'cap' } })
  })

  test('a world that is not there, and a name that is a path in disguise', async () => {
    expect(await loadWorld('moon', directory)).toMatchObject({ ok: false, fault: { code: 'request/notFound', detail: expect.stringContaining('moon.json') as string } })
    expect(await loadWorld('../../package', directory)).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
  })

  test.each<[string, (world: never) => void, RegExp]>([
    ['a wrong number', (w: { camera: { exposureUs: number } }) => { w.camera.exposureUs = -1 }, /camera\.exposureUs/],
    ['a missing field', (w: { subject: { bore?: unknown } }) => { delete w.subject.bore }, /subject\.bore/],
    ['an unknown field', (w: { speed: number }) => { w.speed = 3 }, /speed/],
    ['an unknown defect', (w: { defects: { kind: string }[] }) => { w.defects[1]!.kind = 'rust' }, /defects\.1\.kind/],
    ['rates over 1', (w: { defects: { rate: number }[] }) => { w.defects[0]!.rate = 1 }, /defects: the rates sum to more than 1/],
    ['a span the wrong way round', (w: { defects: { sizePx: number[] }[] }) => { w.defects[0]!.sizePx = [9, 2] }, /defects\.0\.sizePx/],
    ['no subject that is known', (w: { subject: { kind: string } }) => { w.subject.kind = 'moon' }, /subject\.kind/],
  ])('%s is named with file and field', (_, change, field) => {
    const problem = problemOf(change as (world: Record<string, never>) => void)
    expect(problem).toContain('/some/where/mine.json')
    expect(problem).toMatch(field)
  })

  test('text that is no JSON', () => {
    expect(parseWorld('{', 'x.json')).toMatchObject({ ok: false, fault: { code: 'request/invalid', detail: expect.stringContaining('x.json is not JSON') as string } })
  })
})

describe('planPart', () => {
  const mixed: Supply = { isGood: false, injected: [] }
  const parts = Array.from({ length: 4_000 }, (_, i) => planPart(plate(), 11, i + 1, mixed))

  test('good parts vary within the stated bounds, and use them', () => {
    const shifts = parts.map(({ pose }) => pose.xPx)
    const turns = parts.map(({ pose }) => pose.rotationDeg)
    const lights = parts.map(({ light }) => light.level)
    expect([Math.max(...shifts.map(Math.abs)) <= 3, Math.max(...turns.map(Math.abs)) <= 1, Math.min(...lights) >= 0.94, Math.max(...lights) <= 1.06]).toEqual([true, true, true, true])
    expect(Math.max(...shifts) - Math.min(...shifts)).toBeGreaterThan(5.5)
    expect(Math.max(...turns) - Math.min(...turns)).toBeGreaterThan(1.8)
  })

  test('defects and frame faults come at their rates', () => {
    const { defects, frameFaults } = plate()
    for (const { kind, rate } of defects) {
      const share = parts.filter((part) => part.defects.some((defect) => defect.kind === kind)).length / parts.length
      expect(Math.abs(share - rate)).toBeLessThan(4 * Math.sqrt(rate / parts.length))
    }
    for (const { kind, rate } of frameFaults) {
      const share = parts.filter(({ frameFault }) => frameFault === kind).length / parts.length
      expect(Math.abs(share - rate)).toBeLessThan(4 * Math.sqrt(rate / parts.length))
    }
  })

  test('a part is what it is, whatever is wrong with it', () => {
    const damaged = planPart(plate(), 11, 5, { isGood: false, injected: ['dent', 'blurred'] })
    const whole = planPart(plate(), 11, 5, { isGood: true, injected: [] })
    expect(damaged.defects.at(-1)?.kind).toBe('dent')
    expect(damaged.frameFault).toBe('blurred')
    expect({ ...damaged, defects: [], frameFault: undefined }).toEqual({ ...whole, defects: [], frameFault: undefined })
  })
})
