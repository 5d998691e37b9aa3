import type { Point, RegionId, Shape } from '../../../src-preload/contract/geometry.ts'
import { nextEditor, type EditorCommand } from '../../../src-renderer/canvas/editor.ts'
import { openEditor, type Editor, type Tool } from '../../../src-renderer/canvas/editorState.ts'
import type { Regions } from '../../../src-renderer/canvas/editorDocument.ts'

/** The region editor with a person's verbs and no DOM: a frame of 1,000 × 800 px in a pane that shows it at 1 : 1. */
export class TestEditor {
  editor: Editor
  private readonly reachPx: number

  constructor(regions: Regions = [], reachPx = 8) {
    this.reachPx = reachPx
    this.editor = nextEditor(openEditor(regions, frame, 'Region'), { kind: 'resizePane', pane: { width: 1_024, height: 824 } })
  }

  do(command: EditorCommand): this {
    this.editor = nextEditor(this.editor, command)
    return this
  }

  tool(tool: Tool): this {
    return this.do({ kind: 'setTool', tool })
  }

  press(x: number, y: number): this {
    return this.do({ kind: 'pointerDown', screen: this.onScreen(x, y), reachPx: this.reachPx })
  }

  moveTo(x: number, y: number): this {
    return this.do({ kind: 'pointerMove', screen: this.onScreen(x, y) })
  }

  release(x: number, y: number): this {
    return this.do({ kind: 'pointerUp', screen: this.onScreen(x, y), reachPx: this.reachPx })
  }

  click(x: number, y: number): this {
    return this.moveTo(x, y).press(x, y).release(x, y)
  }

  drag(from: readonly [number, number], to: readonly [number, number]): this {
    return this.press(...from).moveTo((from[0] + to[0]) / 2, (from[1] + to[1]) / 2).moveTo(...to).release(...to)
  }

  nudge(x: number, y: number, continues = false): this {
    return this.do({ kind: 'nudge', by: { x, y }, continues })
  }

  undo(): this {
    return this.do({ kind: 'undo' })
  }

  redo(): this {
    return this.do({ kind: 'redo' })
  }

  get regions(): Regions {
    return this.editor.document.regions
  }

  get shapes(): readonly Shape[] {
    return this.regions.map((region) => region.shape)
  }

  get notices(): readonly string[] {
    return this.editor.notices.map(({ code }) => code)
  }

  private onScreen(x: number, y: number): Point {
    const { scale, offset } = this.editor.view!
    return { x: x * scale + offset.x, y: y * scale + offset.y }
  }
}

export const frame = { width: 1_000, height: 800 }

export const rectangle = (x: number, y: number, width: number, height: number): Shape => ({ kind: 'rectangle', x, y, width, height })

export const polygon = (...points: readonly (readonly [number, number])[]): Shape => ({ kind: 'polygon', points: points.map(([x, y]) => ({ x, y })) })

export const region = (number: number, shape: Shape, masks: readonly Shape[] = []) => ({ id: `region-${number}` as RegionId, name: `Region ${number}`, shape, masks })
