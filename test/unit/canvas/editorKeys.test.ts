import { expect, it } from 'vitest'
import { commandOfKey, type Key } from '../../../src-renderer/canvas/editorKeys.ts'

const press = (code: string, also: Partial<Key> = {}): Key => ({ code, key: '', shiftKey: false, ctrlKey: false, metaKey: false, repeat: false, ...also })

it('arrows go 1 px, with Shift 10, with Ctrl 100, and a held key continues its step', () => {
  expect(commandOfKey(press('ArrowLeft'))).toEqual({ kind: 'nudge', by: { x: -1, y: 0 }, continues: false })
  expect(commandOfKey(press('ArrowDown', { shiftKey: true, repeat: true }))).toEqual({ kind: 'nudge', by: { x: 0, y: 10 }, continues: true })
  expect(commandOfKey(press('ArrowUp', { ctrlKey: true }))).toEqual({ kind: 'nudge', by: { x: 0, y: -100 }, continues: false })
})

it('undo goes by the letter: Z lies elsewhere on a German keyboard', () => {
  expect(commandOfKey(press('KeyY', { key: 'z', ctrlKey: true }))).toEqual({ kind: 'undo' })
  expect(commandOfKey(press('KeyY', { key: 'Z', ctrlKey: true, shiftKey: true }))).toEqual({ kind: 'redo' })
})

it('leaves the browser the keys that are not the editor\'s', () => {
  expect(commandOfKey(press('KeyP', { key: 'p', ctrlKey: true }))).toBeUndefined()
  expect(commandOfKey(press('Tab'))).toBeUndefined()
})
