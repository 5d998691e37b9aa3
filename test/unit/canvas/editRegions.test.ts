import { describe, expect, it } from 'vitest'
import { documentTroubles } from '../../../src-renderer/canvas/editorState.ts'
import { frame, polygon, rectangle, region, TestEditor } from './testEditor.ts'

const square = region(1, rectangle(100, 100, 200, 200))
const triangle = region(1, polygon([100, 100], [300, 100], [200, 300]))
const selected = { regionId: square.id, mask: null, vertex: null }

describe('moving', () => {
  it('takes the masks along', () => {
    const test = new TestEditor([region(1, rectangle(100, 100, 200, 200), [rectangle(120, 120, 20, 20)])]).drag([250, 250], [260, 230])
    expect(test.regions[0]).toMatchObject({ shape: rectangle(110, 80, 200, 200), masks: [rectangle(130, 100, 20, 20)] })
  })

  it('moves a mask alone', () => {
    const test = new TestEditor([region(1, rectangle(100, 100, 200, 200), [rectangle(120, 120, 40, 40)])]).drag([140, 140], [150, 150])
    expect(test.regions[0]).toMatchObject({ shape: rectangle(100, 100, 200, 200), masks: [rectangle(130, 130, 40, 40)] })
  })

  it('stops at the edge of the picture', () => {
    expect(new TestEditor([square]).drag([200, 200], [-500, 2_000]).shapes).toEqual([rectangle(0, 600, 200, 200)])
  })

  it('goes by one pixel with a key, and a key held down is one step back', () => {
    const test = new TestEditor([square]).do({ kind: 'select', selection: selected }).nudge(1, 0).nudge(1, 0, true).nudge(1, 0, true).nudge(0, 10)
    expect(test.shapes).toEqual([rectangle(103, 110, 200, 200)])
    expect(test.undo().shapes).toEqual([rectangle(103, 100, 200, 200)])
    expect(test.undo().shapes).toEqual([rectangle(100, 100, 200, 200)])
  })

  it('is no step of the history when nothing moved', () => {
    expect(new TestEditor([square]).click(200, 200).editor.document.past).toBeNull()
  })

  it('is undone by Esc as if it had never begun', () => {
    const test = new TestEditor([square]).press(200, 200).moveTo(400, 400).do({ kind: 'cancel' }).release(400, 400)
    expect(test.shapes).toEqual([square.shape])
    expect(test.editor.document.past).toBeNull()
  })
})

describe('resizing', () => {
  const test = () => new TestEditor([square]).do({ kind: 'select', selection: selected })

  it('pulls a corner, and a finger beside the handle does not make it jump', () => {
    expect(test().drag([304, 296], [354, 346]).shapes).toEqual([rectangle(100, 100, 250, 250)])
    expect(test().click(304, 296).shapes).toEqual([square.shape])
  })

  it('turns over when pulled across the opposite edge', () => {
    expect(test().drag([300, 200], [50, 200]).shapes).toEqual([rectangle(50, 100, 50, 200)])
  })

  it('refuses what is too small and says so', () => {
    const tiny = test().drag([300, 200], [110, 200])
    expect(tiny.shapes).toEqual([square.shape])
    expect(tiny.notices).toEqual(['tooSmall'])
  })
})

describe('corners of a polygon', () => {
  const test = () => new TestEditor([triangle]).do({ kind: 'select', selection: selected })

  it('are dragged, and the corner stays selected for the keys', () => {
    const moved = test().drag([200, 300], [200, 350]).nudge(0, 10)
    expect(moved.shapes).toEqual([polygon([100, 100], [300, 100], [200, 360])])
  })

  it('grow out of the middle of an edge', () => {
    expect(test().drag([200, 100], [200, 50]).shapes).toEqual([polygon([100, 100], [200, 50], [300, 100], [200, 300])])
  })

  it('are added and taken away by keys', () => {
    const added = test().do({ kind: 'addVertex' })
    expect(added.shapes).toEqual([polygon([100, 100], [200, 100], [300, 100], [200, 300])])
    expect(added.do({ kind: 'remove' }).shapes).toEqual([triangle.shape])
  })

  it('may not go below three', () => {
    const three = test().click(100, 100).do({ kind: 'remove' })
    expect(three.shapes).toEqual([triangle.shape])
    expect(three.notices).toEqual(['tooFewPoints'])
  })

  it('may not be dragged so that the edges cross', () => {
    const crossing = new TestEditor([region(1, polygon([100, 100], [300, 100], [300, 300], [100, 300]))]).do({ kind: 'select', selection: selected })
    crossing.drag([100, 100], [400, 200])
    expect(crossing.notices).toEqual(['selfCrossing'])
    expect(crossing.editor.document.past).toBeNull()
  })
})

describe('targets for a finger', () => {
  it('are as large as the reach: 28 px beside a corner still takes the corner', () => {
    const test = new TestEditor([square], 28).do({ kind: 'select', selection: selected }).drag([318, 318], [368, 368])
    expect(test.shapes).toEqual([rectangle(100, 100, 250, 250)])
  })

  it('never cover a small shape so far that it cannot be moved', () => {
    const small = region(1, rectangle(100, 100, 40, 40))
    const test = new TestEditor([small], 28).do({ kind: 'select', selection: selected }).drag([120, 120], [220, 120])
    expect(test.shapes).toEqual([rectangle(200, 100, 40, 40)])
  })
})

describe('duplicating', () => {
  it('puts the copy beside the original, as one step, with a name of its own', () => {
    const test = new TestEditor([square]).do({ kind: 'select', selection: selected }).do({ kind: 'duplicate' })
    expect(test.regions[1]).toEqual({ id: 'region-2', name: 'Region 2', shape: rectangle(120, 120, 200, 200), masks: [] })
    expect(test.undo().regions).toEqual([square])
  })

  it('stays inside the picture', () => {
    const corner = region(1, rectangle(800, 600, 200, 200))
    const test = new TestEditor([corner]).do({ kind: 'select', selection: selected }).do({ kind: 'duplicate' })
    expect(test.shapes[1]).toEqual(rectangle(780, 580, 200, 200))
  })
})

describe('a typed shape', () => {
  it('is refused with the reason when it leaves the picture', () => {
    const test = new TestEditor([square]).do({ kind: 'setShape', ref: selected, shape: rectangle(900, 100, 200, 200) })
    expect(test.shapes).toEqual([square.shape])
    expect(test.notices).toEqual(['outsideFrame'])
  })
})

it('finds the regions that a new camera left outside its picture', () => {
  expect(documentTroubles([square, region(2, rectangle(900, 700, 300, 300))], frame)).toMatchObject([
    { ref: { regionId: 'region-2', mask: null }, troubles: [{ code: 'outsideFrame' }] },
  ])
})
