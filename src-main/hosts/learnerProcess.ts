/** The learning process: minutes of arithmetic at low priority, on every core that nobody else needs. Forked by `processLearner`. */
import { availableParallelism, constants, setPriority } from 'node:os'
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { learnerMethods } from '../adapters/learner/learnerMethods.ts'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
serveLane(ownChannel(), learnerMethods(availableParallelism()))

process.on('disconnect', () => { process.exit() })
// Ctrl-C reaches the whole process group; the station decides when learning ends.
process.on('SIGINT', () => undefined)
