import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeNetpbm, encodeNetpbm } from '../../../src-main/pipeline/netpbm.ts'

const file = (header: string, ...samples: readonly number[]): Uint8Array => Uint8Array.from([...Buffer.from(header, 'latin1'), ...samples])

const levelsOf = (bytes: Uint8Array): readonly number[] | string => {
  const decoded = decodeNetpbm(bytes, 1_000_000)
  return decoded.ok ? [...decoded.value.data] : `${decoded.fault.code}: ${decoded.fault.detail}`
}

describe('netpbm', () => {
  test('what is encoded is decoded again, 8 bits as they are, 16 bits by their upper half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom(1 as const, 3 as const), fc.boolean(), (widthPx, heightPx, channels, isWide) => {
        const values = Array.from({ length: widthPx * heightPx * channels }, (_, i) => (i * 40_503) % 65_536)
        const data = isWide ? Uint16Array.from(values) : Uint8Array.from(values)
        const decoded = decodeNetpbm(encodeNetpbm({ widthPx, heightPx, channels, data }), 1e6)
        expect(decoded).toMatchObject({ ok: true, value: { widthPx, heightPx, channels } })
        if (decoded.ok) expect([...decoded.value.data]).toEqual(values.map((value) => (isWide ? value >> 8 : value & 255)))
      }),
      { numRuns: 60 },
    )
  })

  test('8-bit samples are a view that starts at a whole word, not a copy', () => {
    for (let widthPx = 1; widthPx < 1_200; widthPx = widthPx * 2 + 1) {
      const bytes = encodeNetpbm({ widthPx, heightPx: 1, channels: 1, data: new Uint8Array(widthPx) })
      const decoded = decodeNetpbm(bytes, 1e6)
      if (!decoded.ok) throw new Error(decoded.fault.detail)
      expect(decoded.value.data.buffer).toBe(bytes.buffer)
      expect(decoded.value.data.byteOffset % 4).toBe(0)
    }
  })

  test('16-bit samples are written most significant byte first', () => {
    const bytes = encodeNetpbm({ widthPx: 1, heightPx: 1, channels: 1, data: Uint16Array.of(0x1234) })
    expect([...bytes.subarray(-2)]).toEqual([0x12, 0x34])
  })

  test.each([
    ['comments and odd spaces', file('P5 # made by hand\n#again\n 3\t1\n255\n', 1, 2, 3), [1, 2, 3]],
    ['12 bits in 16', file('P5\n2 1\n4095\n', 0x0f, 0xff, 0x08, 0x00), [255, 128]],
    ['a small maximum', file('P5\n3 1\n3\n', 0, 1, 3), [0, 85, 255]],
    ['a value over the maximum', file('P5\n2 1\n100\n', 200, 100), [255, 255]],
    ['samples that look like spaces and comments', file('P5\n3 1\n255\n', 32, 35, 10), [32, 35, 10]],
    ['bytes behind the end', file('P5\n1 1\n255\n', 9, 8, 7), [9]],
  ])('reads %s', (_, bytes, levels) => {
    expect(levelsOf(bytes)).toEqual(levels)
  })

  test.each([
    ['plain text variant', file('P2\n1 1\n255\n1'), /header cannot be read/],
    ['no header', file('P5'), /header cannot be read/],
    ['no pixels', file('P5\n0 4\n255\n'), /without pixels/],
    ['a maximum of 0', file('P5\n1 1\n0\n', 1), /maximum value 0/],
    ['a maximum over 16 bits', file('P5\n1 1\n70000\n', 1, 1), /maximum value 70000/],
    ['a missing byte', file('P6\n2 1\n255\n', 1, 2, 3, 4, 5), /truncated: 5 of 6 bytes/],
  ])('refuses %s', (_, bytes, why) => {
    expect(levelsOf(bytes)).toMatch(/^frame\/unreadable/)
    expect(levelsOf(bytes)).toMatch(why)
  })

  test('a giant is refused by its header', () => {
    expect(decodeNetpbm(file('P6\n90000 90000\n255\n'), 1_000_000)).toMatchObject({
      ok: false, fault: { code: 'frame/tooLarge', measured: 8_100_000_000, limit: 1_000_000 },
    })
  })
})
