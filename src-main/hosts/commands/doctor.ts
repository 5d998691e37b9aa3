import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import type { Command } from 'commander'
import { requestRealTimePriority } from '../../adapters/plc/realTimePriority.ts'
import { listSerialPorts } from '../../adapters/plc/serialPorts.ts'
import { sqliteEvidence } from '../../adapters/evidence/sqliteEvidence.ts'
import type { InferenceSettings, ProviderName } from '../../domain/inference.ts'
import type { Result } from '../../domain/result.ts'
import type { EvidenceReport } from '../../ports/evidence.ts'
import { parityDocument, type ParityRecord } from '../../station/parityProof.ts'
import { helperEntry } from '../appPaths.ts'
import { describeSoftware } from '../describeSoftware.ts'
import { defaultDataDir } from '../hostFlags.ts'
import { readInferenceSettings } from '../inferenceSettings.ts'
import { probeProviders, type ProviderProbe } from '../probeProviders.ts'
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
      const examinations = [...examineVersions(), examineCameraTools(), ...(await examineData(data)), await examinePorts(), examineGpio(), await examinePriority()]
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

/** Folder and simulated cameras need nothing; the tools are for real ones. */
function examineCameraTools(): Examination {
  const tools = ['gst-launch-1.0', 'arv-tool-0.8'].filter((tool) => spawnSync('which', [tool]).status === 0)
  return { what: 'cameras', found: ['folder', 'simulated', ...(tools.length > 0 ? tools : ['no GStreamer or Aravis tools, which these two do not need'])].join(', ') }
}

/** What the data folder keeps, and what it says of inference. */
async function examineData(directory: string): Promise<Examination[]> {
  mkdirSync(directory, { recursive: true })
  const evidence = sqliteEvidence({ directory, thread: helperEntry('evidenceThread') })
  const opened = await evidence.open()
  const settings = await readInferenceSettings(evidence, {})
  const parity = await evidence.loadDocument(parityDocument)
  await evidence.shutDown()
  const storage = opened.ok ? describeStorage(directory, opened.value) : [{ what: 'storage', found: `${directory}: ${opened.fault.detail}`, todo: 'Close the other Stationmaster that uses this folder, or choose another with --data.' }]
  return [...(await examineInference(opened.ok ? settings : undefined)), ...(opened.ok ? [describeParity(parity)] : []), ...storage]
}

/** `settings` is undefined where the data folder cannot be read: then npm's onnxruntime is looked at. */
async function examineInference(settings: Result<InferenceSettings> | undefined): Promise<Examination[]> {
  if (settings?.ok === false) return [{ what: 'inference', found: settings.fault.detail, todo: 'Correct documents/inference.json in the data folder (docs/providers.md), or remove it to use the CPU.' }]
  const wanted = settings?.value.providers ?? []
  const bindingPath = settings?.value.bindingPath
  const build: Examination = { what: 'inference', found: `${wanted.length > 0 ? `to run on ${wanted.join(', then ')}` : 'settings not known'}, onnxruntime ${describeSoftware(bindingPath).onnxruntime}` }
  return [build, ...(await probeProviders(bindingPath)).map((probe) => describeProvider(probe, wanted.includes(probe.provider)))]
}

const cures: Readonly<Record<ProviderName, string>> = {
  tensorrt: 'It takes an NVIDIA GPU and a build of onnxruntime with TensorRT (docs/jetson.md).',
  cuda: 'It takes an NVIDIA GPU and a build of onnxruntime with CUDA (docs/jetson.md).',
  webgpu: 'It takes a Vulkan driver for the graphics processor; `vulkaninfo --summary` lists what there is.',
  cpu: 'onnxruntime is damaged: run npm ci again.',
}

function describeProvider({ provider, warmUpMs, trouble }: ProviderProbe, isWanted: boolean): Examination {
  if (warmUpMs !== null) return { what: provider, found: `opens a session; its first run took ${warmUpMs.toFixed(1)} ms${isWanted ? '' : ' (not configured)'}` }
  if (!isWanted && provider !== 'cpu') return { what: provider, found: `cannot be used here, and is not configured. ${cures[provider]}` }
  return { what: provider, found: `opens no session: ${trouble}`, todo: cures[provider] }
}

function describeParity(document: Result<unknown>): Examination {
  if (!document.ok) return { what: 'parity', found: 'no recipe with a parity seal has run on this data yet' }
  const { recipe, isHeld, frames, madeWith, worst, wallTime, tookMs } = document.value as ParityRecord
  const found = `recipe ${recipe.slice(0, 8)} ${isHeld ? 'held' : 'BROKEN'} on ${madeWith.provider} at ${wallTime}, ${frames} frames in ${tookMs.toFixed(0)} ms; ${worst}`
  return { what: 'parity', found, ...(!isHeld && { todo: 'Undo the change that broke it, or teach the recipe again (docs/providers.md).' }) }
}

function describeStorage(directory: string, { sqliteVersion, pragmas, freeBytes, sweep }: EvidenceReport): Examination[] {
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

function examineGpio(): Examination {
  const tools = spawnSync('gpioset', ['--version'], { encoding: 'utf8' })
  const version = tools.status === 0 ? tools.stdout.split('\n')[0] : 'no tools of libgpiod (package gpiod), which Modbus does not need'
  return { what: 'gpio', found: `${version}; Stationmaster's GPIO is untested on hardware` }
}

/** Asked for a process that does nothing else, as the outputs process will ask for itself. */
async function examinePriority(): Promise<Examination> {
  const idle = spawn('sleep', ['5'], { stdio: 'ignore' })
  const { isGranted, detail } = await requestRealTimePriority(idle.pid ?? 0)
  idle.kill()
  const todo = 'Pulses start some milliseconds late while inference runs: give the service AmbientCapabilities=CAP_SYS_NICE and LimitRTPRIO=50 (systemd).'
  return { what: 'outputs', found: detail, ...(!isGranted && { todo }) }
}

const lineOf = ({ what, found, todo }: Examination): string => `${todo ? '!!' : 'ok'}  ${what.padEnd(10)} ${found}${todo ? `\n    → ${todo}` : ''}`
