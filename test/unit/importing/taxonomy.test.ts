import { describe, expect, it } from 'vitest'
import { classNamesOf } from '../../../src-main/learning/importing/classNames.ts'
import { sortClasses, wordsOf } from '../../../src-main/learning/importing/taxonomy.ts'

const otherwise = { severity: 'major', minConfidence: 0.25, minAreaPx: 0 } as const
const scratch = { name: 'scratch', aliases: ['surface scratch'], severity: 'critical', minConfidence: 0.5, minAreaPx: 10 } as const

describe('names of defects', () => {
  it.each(['surface scratch', 'SCRATCH_SURFACE', 'scratch-surface', 'surfaceScratch', ' Surface  Scratch '])('%s is one name', (name) => {
    expect(wordsOf(name)).toBe('scratch surface')
  })

  it('come together in one class, and what no rule names becomes a class of its own', () => {
    expect(sortClasses(['scratch', 'dent', 'SCRATCH_SURFACE', 'Dent'], [scratch], otherwise)).toEqual([
      { name: 'scratch', severity: 'critical', minConfidence: 0.5, minAreaPx: 10, labels: [0, 2] },
      { name: 'dent', ...otherwise, labels: [1, 3] },
    ])
  })

  it('of a rule that nothing answers to make no class', () => {
    expect(sortClasses(['dent'], [scratch], otherwise).map(({ name }) => name)).toEqual(['dent'])
  })
})

describe("class names in a file's metadata", () => {
  it.each([
    ["{0: 'dent', 1: 'scratch'}", ['dent', 'scratch']],
    ['{1: "it\'s a scratch", 0: \'dent\'}', ['dent', "it's a scratch"]],
    ['["dent", "scratch"]', ['dent', 'scratch']],
    ['{"0": "dent", "1": "scratch"}', ['dent', 'scratch']],
    ["{0: 'dent', 2: 'scratch'}", ['dent', 'class 1', 'scratch']],
  ])('%s', (names, expected) => {
    expect(classNamesOf({ names })).toEqual(expected)
  })

  it('are not made up', () => {
    expect(classNamesOf({})).toBeUndefined()
    expect(classNamesOf({ names: '{}' })).toBeUndefined()
  })
})
