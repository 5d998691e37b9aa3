import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'
import { pixelsMethods } from '../adapters/pixels/pixelsMethods.ts'

serveLane(ownChannel(), pixelsMethods())
