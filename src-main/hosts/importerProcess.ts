/** The importing process: one file that somebody brought along, and nothing that a part waits for. Forked by `processImporter`. */
import { constants, setPriority } from 'node:os'
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { useBinding } from './onnxBinding.ts'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const [, , bindingPath] = process.argv
if (bindingPath !== undefined) useBinding(bindingPath)
const { importerMethods } = await import('./importing/importerMethods.ts')
serveLane(ownChannel(), importerMethods())

process.on('disconnect', () => { process.exit() })
// Ctrl-C reaches the whole process group; the station decides when importing ends.
process.on('SIGINT', () => undefined)
