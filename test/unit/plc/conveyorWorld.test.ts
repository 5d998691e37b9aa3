import { describe, expect, it } from 'vitest'
import { demoBelt, planPart, type BeltPlan } from '../../../src-main/adapters/plc/conveyor/beltPlan.ts'
import { conveyorWorld, type ConveyorEvent, type ConveyorWorld } from '../../../src-main/adapters/plc/conveyor/conveyorWorld.ts'

/** 1 mm is 1 ms; a part every 100 mm, 10 mm long, 40 mm to the ejector. */
const plan: BeltPlan = {
  ...demoBelt, speedMmPerS: 1_000, speedSwing: 0, pitchMm: 100, pitchJitterMm: 0, partLengthMm: 10, cameraToGateMm: 40, gateToEyesMm: 20,
  countsPerMm: 10, ejectorReactionMs: 3, ejectorStrokeMs: 4, outputsHoldMs: null,
}

function started(changes: Partial<BeltPlan> = {}): { world: ConveyorWorld; events: ConveyorEvent[]; left: () => unknown[] } {
  const world = conveyorWorld({ ...plan, ...changes })
  const events: ConveyorEvent[] = []
  world.onEvent((event) => events.push(event))
  return { world, events, left: () => events.flatMap((event) => (event.kind === 'left' ? [[event.part, event.by]] : [])) }
}

describe('a belt with a gate that opens only by permit', () => {
  it('pushes off every part that nobody permits', () => {
    const { world, left } = started()
    world.advance(350)
    expect(left()).toEqual([[1, 'reject'], [2, 'reject'], [3, 'reject']].slice(0, left().length))
    expect(left()).toHaveLength(3)
    expect(world.eyeCounts).toEqual({ trigger: 3, reject: 2, exit: 0 })
  })

  it('lets the permitted part pass and no other', () => {
    const { world, left } = started()
    world.advance(230)
    world.command('accept', true)
    world.advance(260)
    world.command('accept', false)
    world.advance(400)
    expect(left()).toEqual([[1, 'reject'], [2, 'exit'], [3, 'reject']])
  })

  it.each([
    ['begins too late for the ejector to get out of the way', 143, 160],
    ['ends while the part is before the ejector', 130, 141],
  ])('a permit that %s opens nothing', (_, fromMs, toMs) => {
    const { world, left } = started()
    world.advance(fromMs)
    world.command('accept', true)
    world.advance(toMs)
    world.command('accept', false)
    world.advance(200)
    expect(left()).toEqual([[1, 'reject']])
  })

  it('a permit counts for nothing once the alive signal has stood still', () => {
    const { world, left } = started({ aliveWithinMs: 50 })
    world.command('accept', true)
    for (let ms = 0; ms < 200; ms += 20) {
      world.advance(ms)
      world.command('alive', (ms / 20) % 2 === 0)
    }
    world.advance(300)
    expect(left()).toEqual([[1, 'exit'], [2, 'reject']])
  })

  it('outputs fall when the module hears nothing', () => {
    const { world, events } = started({ outputsHoldMs: 100 })
    world.hear()
    world.command('accept', true)
    world.advance(99)
    expect(world.isOn('accept')).toBe(true)
    world.advance(101)
    expect(world.isOn('accept')).toBe(false)
    expect(events.filter((event) => event.kind === 'output').map((event) => event.because)).toEqual(['commanded', 'silence'])
  })
})

describe('a belt with a gate that closes only by reject', () => {
  it('lets everything pass but what is pushed', () => {
    const { world, left } = started({ gate: 'eject' })
    world.advance(238)
    world.command('reject', true)
    world.advance(250)
    world.command('reject', false)
    world.advance(400)
    expect(left()).toEqual([[1, 'exit'], [2, 'reject'], [3, 'exit']])
  })
})

describe('what is wrong with a belt', () => {
  it('an eye that misses a part triggers nothing, and the part comes all the same', () => {
    const { world, events, left } = started()
    world.faults.add('missedEye')
    world.advance(170)
    expect(events.map((event) => event.kind)).toEqual(['unseen', 'left'])
    expect(left()).toEqual([[1, 'reject']])
  })

  it('a bouncing eye triggers twice for one part', () => {
    const { world, events } = started()
    world.faults.add('doubleTrigger')
    world.advance(140)
    expect(events.flatMap((event) => (event.kind === 'triggered' ? [[event.part, event.triggerNumber, event.isBounce]] : []))).toEqual([[1, 1, false], [1, 2, true]])
  })

  it('a stuck output does not do as told', () => {
    const { world } = started()
    world.faults.add('stuckOutput')
    world.command('accept', true)
    expect(world.isOn('accept')).toBe(false)
  })

  it('an encoder that stalls stands while the belt moves, and is right again afterwards', () => {
    const { world } = started()
    world.advance(50)
    world.faults.add('encoderStall')
    world.advance(60)
    expect(world.encoderCount).toBe(510)
    world.faults.clear()
    world.advance(70)
    expect(world.encoderCount).toBe(700)
  })
})

it('the same seed brings the same parts, another one others', () => {
  const parts = (seed: number): unknown[] => Array.from({ length: 200 }, (_, i) => planPart({ ...demoBelt, seed }, i + 1))
  expect(parts(7)).toEqual(parts(7))
  expect(parts(7)).not.toEqual(parts(8))
  const defective = parts(7).filter((one) => (one as { isDefective: boolean }).isDefective).length
  expect(defective).toBeGreaterThan(8)
  expect(defective).toBeLessThan(35)
})
