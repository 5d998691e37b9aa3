import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultCodes } from '../../../src-main/domain/fault.ts'
import { reasonCodes } from '../../../src-main/domain/verdict.ts'
import { faultPolicy } from '../../../src-main/station/faultPolicy.ts'

const folder = new URL('../../../resources/translations/', import.meta.url)
const languages = readdirSync(folder)
const textsOf = (language: string, file: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`${language}/${file}.json`, folder), 'utf8')) as Record<string, unknown>
const placeholdersOf = (text: unknown): string[] => [...String(text).matchAll(/{{(\w+)}}/g)].map((match) => match[1]!).sort()

describe('faultPolicy', () => {
  it.each(faultCodes)('%s has a row that does not accept, and latches exactly when a person must clear it', (code) => {
    const policy = faultPolicy(code)
    expect(['reject', 'hold']).toContain(policy.disposition)
    expect(policy.latches).toBe(policy.clearedBy !== 'itself')
  })

  it('does not latch what a device that comes back cures', () => {
    for (const code of ['camera/unavailable', 'model/unavailable', 'plc/unreachable', 'evidence/unavailable', 'evidence/diskFull'] as const)
      expect(faultPolicy(code).latches).toBe(false)
  })
})

describe.each(languages)('the sentences in %s', (language) => {
  it.each(faultCodes)('say problem, cause and next action of %s', (code) => {
    expect(textsOf(language, 'faults')[code]).toEqual({ problem: expect.stringMatching(/\w.*[.]$/), cause: expect.stringMatching(/\w.*[.]$/), action: expect.stringMatching(/\w.*[.]$/) })
  })

  it.each(reasonCodes)('say %s with the same figures as in English', (code) => {
    const text = textsOf(language, 'reasons')[code]
    expect(text).toEqual(expect.stringMatching(/\w.*[.]$/))
    expect(placeholdersOf(text)).toEqual(placeholdersOf(textsOf('en', 'reasons')[code]))
  })

  it('explain nothing that does not exist', () => {
    expect(Object.keys(textsOf(language, 'faults')).sort()).toEqual([...faultCodes].sort())
    expect(Object.keys(textsOf(language, 'reasons')).sort()).toEqual([...reasonCodes].sort())
  })
})
