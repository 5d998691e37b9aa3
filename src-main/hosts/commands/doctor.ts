import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import type { Command } from 'commander'
import { listProviders } from '../../adapters/model/listProviders.ts'
import { listSerialPorts } from '../../adapters/plc/serialPorts.ts'
import { sqliteEvidence } from '../../adapters/evidence/sqliteEvidence.ts'
import { helperEntry } from '../appPaths.ts'
import { describeSoftware } from '../describeSoftware.ts'
import { defaultDataDir } from '../hostFlags.ts'
import { exitCodes, printDocument } from './output.ts'

/** One thing looked at; `todo` is what to do about it, absent when all is well. */
interface Examination {
  readonly what: string
  readonly found: string
  readonly todo?: string
}

interface DoctorOptions {
  readonly data: string
  readonly json?: true
}

/** `stationmaster doctor`: what works on this machine, and what to do about the rest. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at versions, execution providers, camera tools, storage and ports; says what to do')
    .option('--data <dir>', 'data folder to look at', defaultDataDir())
    .option('--json', 'print one JSON document')
    .action(async ({ data, json }: DoctorOptions) => {
      const examinations = [...examineVersions(), ...examineProviders(), examineCameraTools(), ...(await examineStorage(data)), await examinePorts()]
      printDocument(json, { examinations }, examinations.map(lineOf))
      if (examinations.some((one) => one.todo)) process.exitCode = exitCodes.found
    })
}

function examineVersions(): Examination[] {
  const { version, node, onnxruntime, platform } = describeSoftware()
  const memoryGb = totalmem() / 2 ** 30
  return [
    { what: 'program', found: `Stationmaster ${version}, Node ${node}, onnxruntime ${onnxruntime}` },
    {
      what: 'machine',
      found: `${platform}, ${availableParallelism()} cores, ${memoryGb.toFixed(0)} GiB`,
      ...(availableParallelism() < 2 && { todo: 'Inference needs a core of its own: use a machine with two or more.' }),
    },
  ]
}

const examineProviders = (): Examination[] => {
  const providers = listProviders()
  return [{ what: 'inference', found: providers.join(', '), ...(!providers.includes('cpu') && { todo: 'onnxruntime is damaged: run npm ci again.' }) }]
}

/** Folder and simulated cameras need nothing; the tools are for real ones. */
function examineCameraTools(): Examination {
  const tools = ['gst-launch-1.0', 'arv-tool-0.8'].filter((tool) => spawnSync('which', [tool]).status === 0)
  return { what: 'cameras', found: ['folder', 'simulated', ...(tools.length > 0 ? tools : ['no GStreamer or Aravis tools, which these two do not need'])].join(', ') }
}

async function examineStorage(directory: string): Promise<Examination[]> {
  mkdirSync(directory, { recursive: true })
  const evidence = sqliteEvidence({ directory, thread: helperEntry('evidenceThread') })
  const opened = await evidence.open()
  await evidence.shutDown()
  if (!opened.ok) return [{ what: 'storage', found: `${directory}: ${opened.fault.detail}`, todo: 'Close the other Stationmaster that uses this folder, or choose another with --data.' }]
  const { sqliteVersion, pragmas, freeBytes, sweep } = opened.value
  const { quarantined, imagesMissing, unclosed } = sweep
  return [
    { what: 'storage', found: `${directory}, ${(freeBytes / 1e9).toFixed(1)} GB free`, ...(freeBytes < 5e9 && { todo: 'Under 5 GB: make room, 48 h at one part a second take about 52 GB.' }) },
    { what: 'database', found: `SQLite ${sqliteVersion}, ${Object.entries(pragmas).map(([name, value]) => `${name}=${value}`).join(', ')}` },
    {
      what: 'evidence',
      found: `${quarantined} files in quarantine, ${imagesMissing} records without their image, ${unclosed} without a receipt`,
      ...(imagesMissing > 0 && { todo: 'Images are missing: somebody or a failing disk has removed them. Check the disk before going on.' }),
    },
  ]
}

async function examinePorts(): Promise<Examination> {
  const ports = await listSerialPorts()
  if (!ports.ok) return { what: 'serial', found: ports.fault.detail, todo: 'Add this user to the group dialout, then sign in again.' }
  return { what: 'serial', found: ports.value.map((port) => port.path).join(', ') || 'no serial port (Modbus TCP needs none)' }
}

const lineOf = ({ what, found, todo }: Examination): string => `${todo ? '!!' : 'ok'}  ${what.padEnd(10)} ${found}${todo ? `\n    → ${todo}` : ''}`
