import { createHash } from 'node:crypto'
import { env, InferenceSession, Tensor } from 'onnxruntime-node'
import { fault } from '../../domain/fault.ts'
import type { Crop } from '../../domain/frame.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { RawScore } from '../../domain/verdict.ts'
import type { LoadedModel } from '../../ports/model.ts'
import { isDetector, openDetector, type DetectorSession } from './detectorSession.ts'
import { usesExternalData } from './externalData.ts'
import { readSignature, type Signature } from './signature.ts'

// What goes wrong is returned as a Fault; onnxruntime would print it as well.
env.logLevel = 'fatal'

export interface SessionSettings {
  /** Execution providers, tried one at a time: given two at once, onnxruntime throws when the first is missing. */
  readonly providers: readonly string[]
  readonly threads: number
}

/** One sealed model, open and warm. Lives in the inference process only. */
export interface SealedSession {
  readonly model: LoadedModel
  /** Faults: model/invalid, also for NaN and infinity in any output. */
  score(crop: Crop): Promise<Result<RawScore>>
  release(): Promise<void>
}

/** An anomaly model or a detector, by its outputs. Faults: model/hashMismatch, model/invalid, model/unavailable when none of the providers can be used here. */
export async function openSealedSession(sha256: Sha256, bytes: Uint8Array, settings: SessionSettings): Promise<Result<SealedSession | DetectorSession>> {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) return fail(fault('model/hashMismatch', `the model's bytes have the hash ${found}, not ${sha256}`))
  const opened = await openAlone(bytes, settings)
  if (!opened.ok) return opened
  const { session, ...served } = opened.value
  const warm = await (isDetector(session) ? openDetector(session, { sha256, ...served }) : warmUp(opened.value, sha256))
  if (!warm.ok) await session.release()
  return warm
}

async function warmUp({ session, provider, passedOver }: Opened, sha256: Sha256): Promise<Result<SealedSession>> {
  const signature = readSignature(session)
  if (!signature.ok) return signature
  const { widthPx, heightPx, mapWidth, mapHeight } = signature.value
  const grey: Crop = { regionId: 'warm-up', model: sha256, widthPx, heightPx, data: new Uint8Array(widthPx * heightPx * 3).fill(128) }
  const first = await scoreCrop(session, signature.value, provider, grey)
  if (!first.ok) return first
  return succeed({
    model: { sha256, provider, passedOver, inputWidthPx: widthPx, inputHeightPx: heightPx, mapWidth, mapHeight, warmUpMs: first.value.modelMs },
    score: (crop) => scoreCrop(session, signature.value, provider, crop),
    release: () => session.release(),
  })
}

interface Opened {
  readonly session: InferenceSession
  readonly provider: string
  readonly passedOver: readonly string[]
}

async function openAlone(bytes: Uint8Array, { providers, threads }: SessionSettings): Promise<Result<Opened>> {
  try {
    if (usesExternalData(bytes)) return fail(fault('model/invalid', 'the model keeps weights in another file, which its hash does not cover'))
  } catch (error) {
    return fail(fault('model/invalid', `the file is not an ONNX model (${textOf(error)})`))
  }
  const passedOver: string[] = []
  for (const provider of providers) {
    const session = await openOn(provider, bytes, threads)
    if (typeof session !== 'string') return succeed({ session, provider, passedOver })
    passedOver.push(`${provider} was passed over: ${session}`)
  }
  return fail(fault(await opensAnywhere(bytes, providers) ? 'model/unavailable' : 'model/invalid', `onnxruntime cannot open the model (${passedOver.join('; ')})`))
}

/**
 * Its threads sleep while they wait. Spinning, as they do by default, two threads took 30 ms of processor time a run instead of 19 on
 * two busy cores, and the median run 108 ms instead of 47: time that the decision loop and the outputs need.
 */
const restful = { session: { intra_op: { allow_spinning: '0' } } }

/** The session, or what onnxruntime says against it. */
const openOn = (provider: string, bytes: Uint8Array, threads: number): Promise<InferenceSession | string> =>
  InferenceSession.create(bytes, { executionProviders: [provider], intraOpNumThreads: threads, logSeverityLevel: 4, extra: restful }).catch(textOf)

/** Tells a broken model from a missing provider: the CPU, which every build has, opens a sound one. */
async function opensAnywhere(bytes: Uint8Array, tried: readonly string[]): Promise<boolean> {
  if (tried.includes('cpu')) return false
  const session = await openOn('cpu', bytes, 1)
  if (typeof session === 'string') return false
  await session.release()
  return true
}

async function scoreCrop(session: InferenceSession, signature: Signature, provider: string, crop: Crop): Promise<Result<RawScore>> {
  const { widthPx, heightPx, mapWidth, mapHeight, inputName, inputShape } = signature
  if (crop.widthPx !== widthPx || crop.heightPx !== heightPx)
    return fail(fault('model/invalid', `the crop is ${crop.widthPx}×${crop.heightPx} px, the model takes ${widthPx}×${heightPx} px`))
  try {
    const startedMs = performance.now()
    const outputs = await session.run({ [inputName]: new Tensor('uint8', crop.data, inputShape) }, fetches)
    const modelMs = performance.now() - startedMs
    const score = (outputs.score!.data as Float32Array)[0]!
    const heat = outputs.heatmap!.data as Float32Array
    const embedding = outputs.embedding!.data as Float32Array
    if (!Number.isFinite(score) || !heat.every(Number.isFinite) || !embedding.every(Number.isFinite))
      return fail(fault('model/invalid', 'the model gave a score that is not a number'))
    const nearest = Array.from(outputs.nearest!.data as BigInt64Array, Number)
    return succeed({ regionId: crop.regionId as RawScore['regionId'], model: crop.model, score, heat, mapWidth, mapHeight, embedding, nearest, provider, modelMs })
  } catch (error) {
    return fail(fault('model/invalid', `the model cannot be run: ${textOf(error)}`))
  }
}

const fetches = ['score', 'heatmap', 'embedding', 'nearest']

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
