import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextEditor, type EditorCommand } from '../../../src-renderer/canvas/editor.ts'
import { selfCrossing, type RegionId } from '../../../src-preload/contract/geometry.ts'
import { documentTroubles, tools } from '../../../src-renderer/canvas/editorState.ts'
import { frame, polygon, rectangle, region, TestEditor } from './testEditor.ts'

const at = fc.record({ x: fc.integer({ min: -20, max: 1_040 }), y: fc.integer({ min: -20, max: 840 }) })
const regionId = fc.constantFrom('region-1', 'region-2', 'region-3').map((id) => id as RegionId)

/** Anything anybody could do, in any order, at any moment. */
const command: fc.Arbitrary<EditorCommand> = fc.oneof(
  fc.record({ kind: fc.constant('pointerDown' as const), screen: at, reachPx: fc.constantFrom(8, 28) }),
  fc.record({ kind: fc.constant('pointerMove' as const), screen: at }),
  fc.record({ kind: fc.constant('pointerUp' as const), screen: at, reachPx: fc.constantFrom(8, 28) }),
  fc.record({ kind: fc.constant('setTool' as const), tool: fc.constantFrom(...tools) }),
  fc.record({ kind: fc.constantFrom('finish' as const, 'stepBack' as const, 'cancel' as const, 'remove' as const, 'duplicate' as const, 'addVertex' as const, 'addInCentre' as const) }),
  fc.record({ kind: fc.constant('nudge' as const), by: fc.record({ x: fc.integer({ min: -10, max: 10 }), y: fc.integer({ min: -10, max: 10 }) }), continues: fc.boolean() }),
  fc.record({ kind: fc.constant('rename' as const), regionId, name: fc.constantFrom('Bore', 'Edge', 'Region 1') }),
  fc.record({ kind: fc.constant('select' as const), selection: fc.option(fc.record({ regionId, mask: fc.option(fc.nat(1)), vertex: fc.option(fc.nat(3)) })) }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
)

const start = [region(1, rectangle(100, 100, 200, 200), [rectangle(150, 150, 30, 30)]), region(2, polygon([500, 100], [800, 150], [600, 400]))]

describe('whatever is done to the regions', () => {
  it('undo leads back to the beginning and redo to the end, exactly', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const test = new TestEditor(start)
        for (const next of commands) test.do(next)
        test.do({ kind: 'cancel' })
        while (test.editor.document.future) test.redo()
        const end = test.regions
        let steps = 0
        for (; test.editor.document.past; steps++) test.undo()
        expect(test.regions).toEqual(start)
        for (; steps > 0; steps--) test.redo()
        expect(test.regions).toEqual(end)
      }),
      { numRuns: 300 },
    )
  })

  it('never leaves a shape that could not be sent', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const { regions } = commands.reduce((test, next) => test.do(next), new TestEditor(start))
        expect(documentTroubles(regions, frame)).toEqual([])
        expect(regions.every(({ shape }) => shape.kind === 'rectangle' || !selfCrossing(shape))).toBe(true)
        expect(new Set(regions.map(({ id }) => id)).size).toBe(regions.length)
      }),
      { numRuns: 300 },
    )
  })

  it('Esc ends every gesture without a trace', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const { editor } = commands.reduce((test, next) => test.do(next), new TestEditor(start))
        const after = nextEditor(editor, { kind: 'cancel' })
        expect(after.gesture).toEqual({ kind: 'Idle' })
        expect(after.document).toBe(editor.document)
      }),
      { numRuns: 300 },
    )
  })
})
