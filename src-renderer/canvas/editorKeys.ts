import type { EditorCommand } from './editor.ts'
import type { Tool } from './editorState.ts'

/** What the editor wants to know of a KeyboardEvent. */
export interface Key {
  readonly code: string
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly repeat: boolean
}

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const toolKeys: Readonly<Record<string, Tool>> = { KeyV: 'select', KeyR: 'rectangle', KeyP: 'polygon', KeyM: 'maskRectangle', KeyN: 'maskPolygon', KeyH: 'pan' }
const plainKeys: Readonly<Record<string, EditorCommand>> = {
  Escape: { kind: 'cancel' },
  Enter: { kind: 'finish' },
  NumpadEnter: { kind: 'finish' },
  Space: { kind: 'place' },
  Delete: { kind: 'remove' },
  Insert: { kind: 'addVertex' },
  Equal: { kind: 'zoom', factor: 1.25 },
  NumpadAdd: { kind: 'zoom', factor: 1.25 },
  Minus: { kind: 'zoom', factor: 0.8 },
  NumpadSubtract: { kind: 'zoom', factor: 0.8 },
  Digit0: { kind: 'fit' },
}

/**
 * Keys by their place on the keyboard, so that they are the same on every layout; only undo and redo go by letter, as everywhere else
 * on the same computer. Arrows go 1 px, with Shift 10, with Ctrl 100.
 */
export function commandOfKey(key: Key): EditorCommand | undefined {
  const isCommand = key.ctrlKey || key.metaKey
  const arrow = arrows[key.code]
  if (arrow) {
    const step = isCommand ? 100 : key.shiftKey ? 10 : 1
    return { kind: 'nudge', by: { x: arrow[0] * step, y: arrow[1] * step }, continues: key.repeat }
  }
  if (isCommand) return commandOfLetter(key.key.toLowerCase(), key.shiftKey)
  if (key.code === 'Backspace') return { kind: 'stepBack' }
  const tool = toolKeys[key.code]
  return tool ? { kind: 'setTool', tool } : plainKeys[key.code]
}

function commandOfLetter(letter: string, shiftKey: boolean): EditorCommand | undefined {
  if (letter === 'z') return { kind: shiftKey ? 'redo' : 'undo' }
  if (letter === 'y') return { kind: 'redo' }
  if (letter === 'd') return { kind: 'duplicate' }
  return undefined
}
