import { readFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import type { Software } from '../domain/inspection.ts'
import { appRoot } from './appPaths.ts'

/** What every record says it was made with. */
export const describeSoftware = (): Software => ({
  version: versionIn(join(appRoot, 'package.json')),
  node: process.version,
  onnxruntime: versionIn(createRequire(import.meta.url).resolve('onnxruntime-node/package.json')),
  platform: `${platform()} ${arch()} ${release()}`,
})

const versionIn = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
