/** The station under judgement, in a process of its own, so that it can be killed like one. Forked by `stationmaster judge-line`. */
import { ownChannel } from '../adapters/lane/channels.ts'
import { openLane, serveLane } from '../adapters/lane/lane.ts'
import { serveJudged } from './judge/serveJudged.ts'

const channel = ownChannel()
const judge = openLane(channel)
serveLane(channel, serveJudged(() => judge.call<Uint8Array>('look', null)))
process.on('disconnect', () => { process.exit(0) })
