import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16 } from '../../../../src-main/adapters/plc/handshake/crc16.ts'
import { faultNumbers } from '../../../../src-main/adapters/plc/handshake/faultNumbers.ts'
import { newHandshake } from '../../../../src-main/adapters/plc/handshake/handshakeState.ts'
import { registerImage } from '../../../../src-main/adapters/plc/handshake/registerImage.ts'
import { imageCrc, nextPartId, resultCodes, resultRegisters, statusBits } from '../../../../src-main/adapters/plc/handshake/registerMap.ts'

const referenceCrc = createRequire(import.meta.url)('modbus-serial/utils/crc16') as (bytes: Buffer) => number
const bitsSet = (word: number): number => word.toString(2).replaceAll('0', '').length

describe('register map', () => {
  it('has the check value of CRC-16/MODBUS', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0x4b37)
  })

  it("takes registers with the upper byte first, and agrees with modbus-serial's CRC", () => {
    fc.assert(fc.property(fc.array(fc.nat(0xffff), { minLength: 20, maxLength: 20 }), (words) => {
      const bytes = Buffer.alloc(38)
      words.slice(0, 19).forEach((word, i) => bytes.writeUInt16BE(word, 2 * i))
      expect(imageCrc(words)).toBe(referenceCrc(bytes))
    }))
  })

  it('lies at 100–119 without a gap, 16 bits of status at the most', () => {
    expect(Object.values(resultRegisters)).toEqual(Array.from({ length: 20 }, (_, i) => 100 + i))
    expect(Object.values(statusBits)).toEqual(Array.from({ length: 15 }, (_, i) => i))
  })

  it('tells results apart by at least eight bits', () => {
    const { pass, reject, noDecision } = resultCodes
    for (const [one, other] of [[pass, reject], [pass, noDecision], [reject, noDecision], [pass, 0], [pass, 0xffff]] as const) expect(bitsSet(one ^ other)).toBeGreaterThanOrEqual(8)
  })

  it('gives every fault a number of its own that fits a register', () => {
    const numbers = Object.values(faultNumbers)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const number of numbers) expect(number > 0 && number < 0xffff).toBe(true)
  })

  it('counts parts without a 0', () => {
    expect([nextPartId(1), nextPartId(65_534), nextPartId(65_535)]).toEqual([2, 65_535, 1])
  })

  it('reads as a reject before anything has happened', () => {
    const image = registerImage(newHandshake(0, { deadlineMs: 100, confirmWithinMs: null }))
    expect(image[3]).toBe(resultCodes.reject)
    expect(image[0]).toBe(1 << statusBits.plcStale)
    expect(image[19]).toBe(imageCrc(image))
  })
})
