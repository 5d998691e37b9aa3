import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { parseCameraSource } from '../adapters/camera/cameraSource.ts'
import { createFolderCamera } from '../adapters/camera/folderCamera.ts'
import { createSimulatedCamera } from '../adapters/camera/simulatedCamera.ts'
import { loadWorld } from '../adapters/camera/world/worldFile.ts'
import { lanePlc } from '../adapters/plc/lanePlc.ts'
import { forkOutputs } from '../adapters/plc/outputsLife.ts'
import { parsePlcTarget } from '../adapters/plc/plcTarget.ts'
import { succeed } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { Devices } from '../station/prepareLine.ts'
import type { CommissioningView } from '../../src-preload/contract/commissioningView.ts'
import { helperEntry, resourcePath } from './appPaths.ts'

export interface DeviceOptions {
  readonly clock: ClockPort
  /** Whether simulated parts come in their own time or as fast as they are asked for. */
  readonly pace: 'realtime' | 'onDemand'
  /** Of the first simulated world that is opened; each later one takes the next, so that no station meets the very parts it has learnt from. */
  readonly firstSeed: number
  /** Which of these source keys are done with, so that a camera offers none of them again. */
  readonly isKnown: (sourceKeys: readonly string[]) => Promise<readonly string[]>
}

/** The adapters behind what a recipe or a technician names. */
export function openDevices({ clock, pace, firstSeed, isKnown }: DeviceOptions): Devices {
  let nextSeed = firstSeed
  return {
    async openCamera(text) {
      const source = parseCameraSource(text)
      if (!source.ok) return source
      if (source.value.kind === 'folder') return succeed(createFolderCamera({ directory: source.value.directory, clock, isKnown }))
      const world = await loadWorld(source.value.world, resourcePath('worlds'))
      return world.ok ? succeed(createSimulatedCamera({ world: world.value, seed: nextSeed++, pace, clock, entry: helperEntry('worldThread') })) : world
    },
    openPlc(text) {
      const target = parsePlcTarget(text)
      if (!target.ok) return Promise.resolve(target)
      const start = () => forkOutputs(helperEntry('outputsProcess'), text)
      return Promise.resolve(succeed(lanePlc({ start, isSimulated: target.value.kind === 'simulated', clock })))
    },
  }
}

const worldNames = (): readonly string[] => readdirSync(resourcePath('worlds')).filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json'))

/** What the wizard offers without typing; a folder is typed. */
export const cameraSources = (): CommissioningView['sources'] => worldNames().map((name) => ({ source: `simulated:${name}`, kind: 'simulated', name }))
