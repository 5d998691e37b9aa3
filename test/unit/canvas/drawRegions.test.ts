import { describe, expect, it } from 'vitest'
import { polygon, rectangle, region, TestEditor } from './testEditor.ts'

describe('drawing a rectangle', () => {
  it('is press, drag, release, in any direction', () => {
    expect(new TestEditor().tool('rectangle').drag([300, 250], [100, 50]).shapes).toEqual([rectangle(100, 50, 200, 200)])
  })

  it('is also two clicks, for those who cannot drag', () => {
    expect(new TestEditor().tool('rectangle').click(100, 50).click(300, 250).shapes).toEqual([rectangle(100, 50, 200, 200)])
  })

  it('selects what was drawn and goes back to the select tool', () => {
    const { editor } = new TestEditor().tool('rectangle').drag([100, 50], [300, 250])
    expect(editor.tool).toBe('select')
    expect(editor.selection).toEqual({ regionId: 'region-1', mask: null, vertex: null })
  })

  it('says that it is too small and keeps nothing', () => {
    const test = new TestEditor().tool('rectangle').drag([100, 50], [120, 250])
    expect(test.shapes).toEqual([])
    expect(test.notices).toEqual(['tooSmall'])
  })

  it('ends at the edge of the picture', () => {
    expect(new TestEditor().tool('rectangle').drag([900, 700], [1_009, 809]).shapes).toEqual([rectangle(900, 700, 100, 100)])
  })

  it('is given up by Esc', () => {
    const test = new TestEditor().tool('rectangle').press(100, 50).moveTo(300, 250).do({ kind: 'cancel' }).release(300, 250)
    expect(test.shapes).toEqual([])
    expect(test.editor.gesture).toEqual({ kind: 'Idle' })
  })
})

describe('drawing a polygon', () => {
  const triangle = polygon([100, 100], [300, 100], [200, 300])

  it('closes on its first corner', () => {
    expect(new TestEditor().tool('polygon').click(100, 100).click(300, 100).click(200, 300).click(103, 98).shapes).toEqual([triangle])
  })

  it('closes on Enter', () => {
    expect(new TestEditor().tool('polygon').click(100, 100).click(300, 100).click(200, 300).do({ kind: 'finish' }).shapes).toEqual([triangle])
  })

  it('takes a double click for one corner', () => {
    const test = new TestEditor().tool('polygon').click(100, 100).click(300, 100).click(300, 100).click(200, 300).do({ kind: 'finish' })
    expect(test.shapes).toEqual([triangle])
  })

  it('takes the last corner back', () => {
    const test = new TestEditor().tool('polygon').click(100, 100).click(300, 100).click(900, 700).do({ kind: 'stepBack' }).click(200, 300).do({ kind: 'finish' })
    expect(test.shapes).toEqual([triangle])
  })

  it('does not close while it crosses itself, and lets the corner be mended', () => {
    const test = new TestEditor().tool('polygon').click(100, 100).click(300, 300).click(300, 100).click(100, 350).do({ kind: 'finish' })
    expect(test.notices).toContain('selfCrossing')
    expect(test.shapes).toEqual([])
    expect(test.editor.gesture.kind).toBe('DrawingPolygon')
    expect(test.do({ kind: 'stepBack' }).do({ kind: 'finish' }).shapes).toHaveLength(1)
  })
})

describe('drawing a mask', () => {
  const whole = region(1, rectangle(100, 100, 400, 400))

  it('belongs to the region it begins in', () => {
    const test = new TestEditor([whole, region(2, rectangle(600, 100, 200, 200))]).tool('maskRectangle').drag([650, 150], [700, 200])
    expect(test.regions.map(({ masks }) => masks)).toEqual([[], [rectangle(650, 150, 50, 50)]])
  })

  it('belongs to the selected region wherever it begins', () => {
    const selection = { regionId: whole.id, mask: null, vertex: null }
    const test = new TestEditor([whole, region(2, rectangle(600, 100, 200, 200))]).do({ kind: 'select', selection }).tool('maskRectangle').drag([650, 150], [700, 200])
    expect(test.regions.map(({ masks }) => masks.length)).toEqual([1, 0])
  })

  it('may be smaller than a region', () => {
    expect(new TestEditor([whole]).tool('maskPolygon').click(150, 150).click(170, 150).click(160, 170).do({ kind: 'finish' }).regions[0]!.masks).toHaveLength(1)
  })

  it('says that it needs a region first', () => {
    expect(new TestEditor().tool('maskRectangle').drag([650, 150], [700, 200]).notices).toEqual(['noRegionForMask'])
  })
})
