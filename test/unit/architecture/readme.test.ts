import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('the rooms in README.md', () => {
  const named = roomsIn(readme)

  test('are a tree that this test can read', () => {
    expect(named.length).toBeGreaterThan(15)
  })

  test.each(named)('%s exists', (path) => {
    expect(existsSync(join(root, path))).toBe(true)
  })

  test.each(['src-main', 'src-preload', 'src-renderer'])('leave out no folder of %s', (top) => {
    const folders = readdirSync(join(root, top), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => `${top}/${name}`)
    expect(named).toEqual(expect.arrayContaining(folders))
  })
})

describe("a part's way in README.md", () => {
  const stops = stopsIn(readme)
  const sources = readdirSync(join(root, 'src-main'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'src-main', file), 'utf8'))

  test('is a table that this test can read', () => {
    const numbers = [...new Set(stops.map(({ stop }) => Number.parseInt(stop)))]
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1))
    expect(stops.length).toBeGreaterThan(8)
  })

  test.each(stops)('$stop: $name is a function of src-main', ({ name }) => {
    // A function or const of that name, or a method of a port.
    const declaration = new RegExp(`\\b(?:function|const) ${name}\\b|^  ${name}(?:\\(|:)`, 'm')
    expect(sources.some((source) => declaration.test(source))).toBe(true)
  })
})

/** Paths named in the first fenced block below `## Rooms`: names stand left of a run of spaces, a folder below is indented by two. */
function roomsIn(text: string): string[] {
  const [, block] = /^## Rooms\s+```\n([\s\S]*?)```/m.exec(text) ?? []
  let parent = ''
  return (block ?? '').split('\n').flatMap((line) => {
    const [, indent, names] = /^( *)((?:[\w.-]+\/? ?)+?)(?:  |$)/.exec(line) ?? []
    if (names === undefined) return []
    const paths = names.trim().split(' ').map((name) => (indent === '' ? '' : parent) + name)
    if (indent === '') parent = paths[0]!
    return paths.map((path) => path.replace(/\/$/, ''))
  })
}

/** Rows of the table `| stop | function | gives |`; a row may name several functions, each in backticks. */
function stopsIn(text: string): { stop: string; name: string }[] {
  const rows = /^\| stop \| function \| gives \|\n\|[-|]+\|\n((?:\|.*\n)+)/m.exec(text)?.[1] ?? ''
  return rows.trim().split('\n').flatMap((row) => {
    const [, stop = '', functions = ''] = row.split('|').map((cell) => cell.trim())
    return [...functions.matchAll(/`(\w+)/g)].map(([, name]) => ({ stop, name: name! }))
  })
}
