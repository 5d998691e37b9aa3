/** The inference process: `session.run` blocks its loop and a native abort ends it, so it lives alone. Forked by `onnxModel`. */
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { inferenceMethods } from '../adapters/model/inferenceMethods.ts'

serveLane(ownChannel(), inferenceMethods())

process.on('disconnect', () => { process.exit() })
// Ctrl-C reaches the whole process group; the station decides when inference ends.
process.on('SIGINT', () => undefined)
