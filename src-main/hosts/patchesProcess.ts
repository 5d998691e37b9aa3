/** The patches process: explains scores beside a line that runs, at low priority, and remembers patches at the end of learning. Forked by `processPatches`. */
import { constants, setPriority } from 'node:os'
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { useBinding } from './onnxBinding.ts'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const [, , bindingPath] = process.argv
if (bindingPath !== undefined) useBinding(bindingPath)
const { patchMethods } = await import('../adapters/learner/patchMethods.ts')
serveLane(ownChannel(), patchMethods())

process.on('disconnect', () => { process.exit() })
// Ctrl-C reaches the whole process group; the station decides when explaining ends.
process.on('SIGINT', () => undefined)
