/**
 * The inference process: `session.run` blocks its loop and a native abort ends it, so it lives alone. Forked by `onnxModel`, which
 * names the build of onnxruntime to use where it is not the one from npm.
 */
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane, type LaneMethods } from '../adapters/lane/lane.ts'
import { fault } from '../domain/fault.ts'
import { fail, succeed } from '../domain/result.ts'
import { useBinding } from './onnxBinding.ts'

const [, , bindingPath] = process.argv
serveLane(ownChannel(), await loadMethods().catch(refusing))

process.on('disconnect', () => { process.exit() })
// Ctrl-C reaches the whole process group; the station decides when inference ends.
process.on('SIGINT', () => undefined)

async function loadMethods(): Promise<LaneMethods> {
  if (bindingPath !== undefined) useBinding(bindingPath)
  const { inferenceMethods } = await import('../adapters/model/inferenceMethods.ts')
  return inferenceMethods()
}

/** An onnxruntime that cannot be loaded is answered in its own words, rather than with a process that ends again and again. */
function refusing(error: unknown): LaneMethods {
  const refused = fail(fault('model/unavailable', `onnxruntime cannot be loaded${bindingPath === undefined ? '' : ` from ${bindingPath}`}: ${String(error)}`))
  return { load: async () => refused, run: async () => refused, unloadAll: async () => succeed(undefined) }
}
