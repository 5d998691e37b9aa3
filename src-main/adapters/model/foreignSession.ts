import { availableParallelism } from 'node:os'
import { env, InferenceSession, Tensor } from 'onnxruntime-node'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { usesExternalData } from './externalData.ts'

// What goes wrong is returned as a Fault; onnxruntime would print it as well.
env.logLevel = 'fatal'

export interface ForeignFeed {
  readonly type: 'float32' | 'int64'
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

export interface ForeignAnswer {
  readonly type: string
  readonly shape: readonly number[]
  readonly data: ArrayLike<number | bigint>
}

/** A model that somebody brought along, opened to find out what it gives. Never in the inference process, which parts depend on. */
export interface ForeignSession {
  /** Faults: model/invalid when it cannot be run, or gives numbers that are none. */
  run(feeds: Readonly<Record<string, ForeignFeed>>): Promise<Result<Readonly<Record<string, ForeignAnswer>>>>
  release(): Promise<void>
}

/** Opens a model from memory on the CPU. Faults: model/invalid, naming `file` and what to do; external data is never looked for. */
export async function openForeign(bytes: Uint8Array, file: string): Promise<Result<ForeignSession>> {
  const refuse = (why: string): Result<never> => fail(fault('model/invalid', `${file}: ${why}`))
  try {
    if (usesExternalData(bytes)) return refuse('it keeps weights in another file. Export it again into one file (torch.onnx.export with external_data=False, or onnx.save without save_as_external_data).')
    const session = await InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: availableParallelism(), logSeverityLevel: 4 })
    return succeed({ run: (feeds) => runForeign(session, feeds, refuse), release: () => session.release() })
  } catch (error) {
    return refuse(`onnxruntime cannot open it (${textOf(error)}). Export it again with opset_version=17 and standard operators only.`)
  }
}

async function runForeign(session: InferenceSession, feeds: Readonly<Record<string, ForeignFeed>>, refuse: (why: string) => Result<never>): ReturnType<ForeignSession['run']> {
  try {
    const answers = await session.run(Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensorOf(feed)])))
    const given = Object.entries(answers).map(([name, { type, dims, data }]) => [name, { type, shape: [...dims], data: data as ForeignAnswer['data'] }] as const)
    const broken = given.find(([, { data }]) => data instanceof Float32Array && !data.every(Number.isFinite))
    if (broken) return refuse(`its output ${broken[0]} has numbers that are none (NaN or infinite) for a real picture. Check the normalisation, and export it again in single precision.`)
    return succeed(Object.fromEntries(given))
  } catch (error) {
    const sizes = Object.entries(feeds).map(([name, { shape }]) => `${name} [${shape.join(', ')}]`).join(', ')
    return refuse(`it cannot be run on ${sizes} (${textOf(error)}). Export it again for that size, or with open height and width.`)
  }
}

const tensorOf = ({ type, shape, data }: ForeignFeed): Tensor =>
  type === 'float32' ? new Tensor('float32', Float32Array.from(data), shape) : new Tensor('int64', BigInt64Array.from(Array.from(data), BigInt), shape)

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!
