import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { controlBits, controlRegisters, diagnosticRegisters, resultCodes, resultRegisters, statusBits } from '../../../../src-main/adapters/plc/handshake/registerMap.ts'

const page = readFileSync(new URL('../../../../docs/handshake.md', import.meta.url), 'utf8')
const rows = Array.from(page.matchAll(/^\| (\d+) \|(?: (\d{5}) \|)? (\w+) \|/gm), ([, number, modicon, name]) => ({ number: Number(number), modicon: modicon === undefined ? null : Number(modicon), name: name! }))
const registersFrom = (base: number) => Object.fromEntries(rows.filter(({ modicon }) => modicon !== null && modicon >= base && modicon < base + 10_000).map(({ name, number }) => [name, number]))

describe('docs/handshake.md', () => {
  it('names every register at its address, in both notations', () => {
    expect(registersFrom(40_001)).toEqual({ ...controlRegisters, ...resultRegisters })
    expect(registersFrom(30_001)).toEqual(diagnosticRegisters)
    for (const { number, modicon } of rows) if (modicon !== null) expect(modicon % 10_000).toBe(number + 1)
  })

  it('names every bit', () => {
    const bits = rows.filter(({ modicon, name }) => modicon === null && (name in controlBits || name in statusBits)).map(({ name, number }) => [name, number])
    expect(bits).toEqual([...Object.entries(controlBits), ...Object.entries(statusBits)])
  })

  it('gives the result codes', () => {
    for (const code of Object.values(resultCodes)) expect(page).toContain(`0x${code.toString(16).toUpperCase()}`)
  })
})
