import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

/** What a recipe or a command line names as its camera. */
export type CameraSource =
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'simulated'; readonly world: string }

/** Reads `folder:DIR` or `simulated:WORLD`, where WORLD is a shipped world's name or the path of a world file. Fault: request/invalid. */
export function parseCameraSource(text: string): Result<CameraSource> {
  const [kind, target] = splitOnce(text)
  if (kind === 'folder' && target !== '') return succeed({ kind, directory: target })
  if (kind === 'simulated' && target !== '') return succeed({ kind, world: target })
  const why = kind === 'folder' ? 'folder: needs a directory' : kind === 'simulated' ? 'simulated: needs a world' : 'this kind of camera is not known'
  return fail(fault('request/invalid', `camera "${text}": ${why}; write folder:DIR or simulated:WORLD`))
}

function splitOnce(text: string): readonly [string, string] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1).trim()]
}
