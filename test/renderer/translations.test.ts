import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pseudoLocalise } from '../../src-renderer/parts/pseudoLocalise.ts'

type Texts = { [key: string]: string | Texts }

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'resources/translations')
const languages = readdirSync(folder)
const namespaces = readdirSync(join(folder, 'en')).map((file) => basename(file, '.json'))
const textsOf = (language: string, namespace: string): Map<string, string> => flatten(JSON.parse(readFileSync(join(folder, language, `${namespace}.json`), 'utf8')) as Texts)

const flatten = (texts: Texts, above = ''): Map<string, string> =>
  new Map(Object.entries(texts).flatMap(([key, text]) => (typeof text === 'string' ? [[above + key, text] as const] : [...flatten(text, `${above}${key}.`)])))

const figuresIn = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

describe.each(languages)('%s', (language) => {
  test.each(namespaces)('%s says the same things as English, with the same figures', (namespace) => {
    const [english, texts] = [textsOf('en', namespace), textsOf(language, namespace)]
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('')
      expect([...new Set(figuresIn(text))], key).toEqual([...new Set(figuresIn(english.get(key)!))])
    }
  })
})

/** Namespaces whose keys are all written out in the screens' sources. */
const ours = ['common', 'console', 'firstRun', 'health']

/** Keys as the sources ask for them, `namespace:key`, a hole of a template standing for one part of a key. */
function usedKeys(): { file: string; key: string; pattern: RegExp }[] {
  return readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(join(root, 'src-renderer', file), 'utf8')
      const own = /useTranslation\(\[?'(\w+)'/.exec(source)?.[1] ?? 'common'
      return [...source.matchAll(/\b(?:t|notifyText)\(\s*(['`])(.+?)\1/g)].map(([, , asked]) => {
        const key = asked!.includes(':') ? asked! : `${own}:${asked}`
        const literal = key.split(/\$\{.*?\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        return { file, key, pattern: new RegExp(`^${literal.join('[^.]+')}$`) }
      })
    })
    .filter(({ key }) => ours.includes(key.split(':')[0]!))
}

const known = ours.flatMap((namespace) => [...textsOf('en', namespace).keys()].map((key) => `${namespace}:${key}`))

test('every text a screen asks for is there', () => {
  const missing = usedKeys().filter(({ pattern }) => !known.some((key) => pattern.test(key)))
  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})

test('every text is asked for by a screen', () => {
  const used = usedKeys()
  expect(known.filter((key) => !used.some(({ pattern }) => pattern.test(key)))).toEqual([])
})

test('the pseudo-locale is 40 % longer and leaves figures alone', () => {
  const { text } = pseudoLocalise({ text: 'Part {{number}} of the line' })
  expect(text).toContain('{{number}}')
  expect(text.length).toBeGreaterThanOrEqual('Part {{number}} of the line'.length + 0.4 * 'Part  of the line'.length)
})
