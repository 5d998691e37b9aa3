import { expect, test } from 'vitest'
import { parseAlignment } from '../../../src-main/hosts/commands/enrolOptions.ts'

const rectangle = { kind: 'rectangle', x: 10, y: 20, width: 100, height: 80 }

test.each([
  ['10,20,100,80', { rectangle }],
  ['10,20,100,80,15,0', { rectangle, travel: { shiftPx: 15, rotationDeg: 0 } }],
])('--align %s', (text, lesson) => { expect(parseAlignment(text)).toEqual(lesson) })

test.each(['10,20,100', '10,20,100,0', '10,20,100,80,15', '10,20,100,80,15,60', '10,20,100,80,-1,5', '10,20,100,80,15,5,1', '10,20,100,80,a,5'])('--align %s is refused', (text) => {
  expect(() => parseAlignment(text)).toThrow()
})
