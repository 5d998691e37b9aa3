import { expect, test } from 'vitest'
import { parseCameraSource } from '../../../src-main/adapters/camera/cameraSource.ts'

test.each([
  ['folder:/data/in', { kind: 'folder', directory: '/data/in' }],
  ['folder:C:\\data\\in', { kind: 'folder', directory: 'C:\\data\\in' }],
  ['folder: with spaces ', { kind: 'folder', directory: 'with spaces' }],
  ['simulated:plate', { kind: 'simulated', world: 'plate' }],
  ['simulated:./my/world.json', { kind: 'simulated', world: './my/world.json' }],
])('%s', (text, source) => {
  expect(parseCameraSource(text)).toEqual({ ok: true, value: source })
})

test.each([
  ['folder:', /needs a directory/],
  ['folder', /needs a directory/],
  ['simulated:  ', /needs a world/],
  ['gstreamer:v4l2src', /not known/],
  ['', /not known/],
])('"%s" is refused with what to write', (text, why) => {
  const parsed = parseCameraSource(text)
  expect(parsed).toMatchObject({ ok: false, fault: { code: 'request/invalid', detail: expect.stringMatching(why) as string } })
  expect(!parsed.ok && parsed.fault.detail).toContain('folder:DIR or simulated:WORLD')
})
