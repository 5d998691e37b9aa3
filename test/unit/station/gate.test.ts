import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fault, faultCodes } from '../../../src-main/domain/fault.ts'
import type { OutputWiring } from '../../../src-main/domain/recipe.ts'
import { outcomes, type Outcome } from '../../../src-main/domain/verdict.ts'
import { gate } from '../../../src-main/station/gate.ts'

const line = (coil: number) => ({ coil, delayMs: 0, pulseMs: 20 })
const allWired: OutputWiring = { accept: line(0), reject: line(1), hold: line(2) }
const rejectOnly: OutputWiring = { reject: line(1) }
const verdictOf = (outcome: Outcome) => ({ verdict: { outcome, reasons: [{ code: 'region/withinLimit', params: { region: 'A' } }] } }) as const
const faults = fc.constantFrom(...faultCodes).map((code) => fault(code, 'as seen'))
const wirings = fc.constantFrom(allWired, rejectOnly, { reject: line(1), hold: line(2) }, { accept: line(0), reject: line(1) })

describe('gate', () => {
  it.each([
    ['pass', 'accept'],
    ['fail', 'reject'],
    ['unsure', 'hold'],
  ] as const)('a %s on a ready station is %s, with the reasons of the verdict and no fault', (outcome, disposition) => {
    const decision = gate(verdictOf(outcome), allWired, [])
    expect(decision).toEqual({ disposition, reasons: verdictOf(outcome).verdict.reasons })
  })

  it('follows the policy of a fault and says which it was', () => {
    const blurred = fault('frame/blurred', 'focus 3 of 20')
    expect(gate({ fault: blurred }, allWired, [])).toEqual({ disposition: 'hold', reasons: [{ code: 'gate/fault', params: { fault: 'frame/blurred' } }], fault: blurred })
    expect(gate({ fault: fault('station/bug', '') }, allWired, []).disposition).toBe('reject')
  })

  it('accepts no pass of a station that is not ready, and lets a fail stay a reject', () => {
    const notReady = [fault('camera/unavailable', ''), fault('plc/unreachable', '')]
    const passed = gate(verdictOf('pass'), allWired, notReady)
    expect(passed).toMatchObject({ disposition: 'hold', fault: { code: 'camera/unavailable' } })
    expect(passed.reasons.map(({ code }) => code)).toEqual(['region/withinLimit', 'gate/stationNotReady'])
    expect(gate(verdictOf('fail'), allWired, notReady).disposition).toBe('reject')
    expect(gate(verdictOf('unsure'), allWired, notReady).disposition).toBe('hold')
  })

  it('rejects what it would hold when no hold line is wired, and says so', () => {
    const decision = gate(verdictOf('unsure'), rejectOnly, [])
    expect(decision.disposition).toBe('reject')
    expect(decision.reasons.at(-1)).toEqual({ code: 'gate/noHoldLine', params: {} })
  })

  it('accepts nothing that has a fault, whatever else is true', () => {
    fc.assert(fc.property(faults, wirings, fc.array(faults), (trouble, wiring, notReady) => {
      expect(gate({ fault: trouble }, wiring, notReady).disposition).not.toBe('accept')
    }))
  })

  it('accepts nothing on a station that is not ready, whatever the verdict', () => {
    fc.assert(fc.property(fc.constantFrom(...outcomes), wirings, fc.array(faults, { minLength: 1 }), (outcome, wiring, notReady) => {
      const decision = gate(verdictOf(outcome), wiring, notReady)
      expect(decision.disposition).not.toBe('accept')
      expect(decision.fault).toBe(notReady[0])
    }))
  })

  it('never asks for a hold that is not wired', () => {
    fc.assert(fc.property(fc.oneof(fc.constantFrom(...outcomes).map(verdictOf), faults.map((trouble) => ({ fault: trouble }))), fc.array(faults), (finding, notReady) => {
      expect(gate(finding, rejectOnly, notReady).disposition).not.toBe('hold')
    }))
  })
})
