import { readFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import type { Software } from '../domain/inspection.ts'
import { appRoot } from './appPaths.ts'
import { onnxruntimeVersion } from './onnxBinding.ts'

/** What every record says it was made with. `bindingPath` as in `InferenceSettings`. */
export const describeSoftware = (bindingPath?: string): Software => ({
  version: versionIn(join(appRoot, 'package.json')),
  node: process.version,
  onnxruntime: onnxruntimeVersion(bindingPath),
  platform: `${platform()} ${arch()} ${release()}`,
})

const versionIn = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
