import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import envPaths from 'env-paths'
import type { ApplicationOptions } from '../service/application.ts'

export interface HostFlags extends ApplicationOptions {
  /** Of the loopback host; 0 for any free one. */
  readonly port: number
  /** Whether the loopback host opens a browser. */
  readonly opensBrowser: boolean
}

export const defaultDataDir = (): string => envPaths('stationmaster', { suffix: '' }).data

/**
 * `--data DIR`, `--demo`, `--port N`, `--open`. The data folder is the platform's unless one is named.
 * @throws Error with a sentence for the person who typed them
 */
export function readHostFlags(args: readonly string[]): HostFlags {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, demo: { type: 'boolean', default: false }, port: { type: 'string', default: '0' }, open: { type: 'boolean', default: false } },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not ${values.port}`)
  return {
    dataDir: resolve(values.data ?? defaultDataDir()),
    isDemo: values.demo,
    port,
    opensBrowser: values.open,
  }
}
