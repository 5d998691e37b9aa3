/**
 * The learning process: minutes of arithmetic at low priority, on every core that nobody else needs. Forked by `processLearner`, which
 * names the build of onnxruntime to use where it is not the one from npm.
 */
import { availableParallelism, constants, setPriority } from 'node:os'
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { useBinding } from './onnxBinding.ts'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const [, , bindingPath] = process.argv
if (bindingPath !== undefined) useBinding(bindingPath)
const { learnerMethods } = await import('../adapters/learner/learnerMethods.ts')
serveLane(ownChannel(), learnerMethods(availableParallelism()))

process.on('disconnect', () => { process.exit() })
// Ctrl-C reaches the whole process group; the station decides when learning ends.
process.on('SIGINT', () => undefined)
