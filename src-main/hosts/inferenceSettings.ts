import { InvalidArgumentError, type Command } from 'commander'
import { z } from 'zod'
import { fault } from '../domain/fault.ts'
import { defaultInference, inferenceDocument, providerNames, type InferenceSettings, type ProviderName } from '../domain/inference.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { requireBinding } from './onnxBinding.ts'

const Schema = z.strictObject({ providers: z.array(z.enum(providerNames)).min(1), bindingPath: z.string().min(1).optional() })

/** What a command line says instead of the document. */
export interface InferenceOptions {
  readonly providers?: readonly ProviderName[]
  readonly binding?: string
}

/**
 * What runs the models here: the command line, or else the data folder's document, or else the CPU. Faults: request/invalid for a
 * document that is none, model/unavailable for a build of onnxruntime that is not there; neither is passed over in silence.
 */
export async function readInferenceSettings(evidence: Pick<EvidencePort, 'loadDocument'>, options: InferenceOptions): Promise<Result<InferenceSettings>> {
  const stored = await readDocument(evidence)
  return stored.ok ? inferenceFrom(options, stored.value) : stored
}

/** For commands that work without a data folder. */
export function inferenceFrom({ providers, binding }: InferenceOptions, otherwise: InferenceSettings = defaultInference): Result<InferenceSettings> {
  const bindingPath = binding ?? otherwise.bindingPath
  const settings = { providers: providers ?? otherwise.providers, ...(bindingPath !== undefined && { bindingPath }) }
  const isThere = bindingPath === undefined ? succeed(undefined) : requireBinding(bindingPath)
  return isThere.ok ? succeed(settings) : isThere
}

/** `--providers` and `--binding`, the same on every command that runs models. */
export const addInferenceOptions = (command: Command): Command =>
  command
    .option('--providers <list>', `execution providers in order of preference, of ${providerNames.join(', ')}`, parseProviders)
    .option('--binding <path>', 'a build of onnxruntime-node to use: its package folder, or its onnxruntime_binding.node')

async function readDocument(evidence: Pick<EvidencePort, 'loadDocument'>): Promise<Result<InferenceSettings>> {
  const found = await evidence.loadDocument(inferenceDocument)
  if (!found.ok) return found.fault.code === 'request/notFound' ? succeed(defaultInference) : found
  const parsed = Schema.safeParse(found.value)
  return parsed.success ? succeed(parsed.data) : fail(fault('request/invalid', `the document ${inferenceDocument} does not say what runs the models:\n${z.prettifyError(parsed.error)}`))
}

function parseProviders(text: string): readonly ProviderName[] {
  const parsed = Schema.shape.providers.safeParse(text.split(',').map((name) => name.trim()))
  if (!parsed.success) throw new InvalidArgumentError(`It is a list of ${providerNames.join(', ')}, with commas between.`)
  return parsed.data
}
