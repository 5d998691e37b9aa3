import { worldMethods } from '../adapters/camera/world/worldMethods.ts'
import { ownChannel } from '../adapters/lane/channels.ts'
import { serveLane } from '../adapters/lane/lane.ts'

serveLane(ownChannel(), worldMethods())
