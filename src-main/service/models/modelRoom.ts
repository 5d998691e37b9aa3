import type { InferenceSettings } from '../../domain/inference.ts'
import { inferenceDocument } from '../../domain/inference.ts'
import { succeed, type Result } from '../../domain/result.ts'
import type { EvidencePort } from '../../ports/evidence.ts'
import type { ModelPort } from '../../ports/model.ts'
import type { CommissioningDraft } from '../../station/commissioning/draft.ts'
import type { ActiveRecipe } from '../../station/prepareLine.ts'
import type { Inference, ModelsView, ProbeView } from '../../../src-preload/contract/models.ts'
import { viewActive, viewDraft } from './viewModels.ts'

export interface ModelRoomParts {
  readonly evidence: Pick<EvidencePort, 'loadDocument' | 'saveDocument' | 'audit'>
  readonly model: Pick<ModelPort, 'providers' | 'health'>
  readonly active: () => Pick<ActiveRecipe, 'recipe' | 'hash'> | null
  readonly draft: () => CommissioningDraft
  /** What this start of the program runs models on. */
  readonly inUse: InferenceSettings
  readonly onnxruntime: string
  /** Whether each provider runs a model here, in processes of their own. */
  readonly probe: (bindingPath: string | undefined) => Promise<readonly ProbeView[]>
  /** Whether something lies there that can stand in for onnxruntime. Fault: model/unavailable. */
  readonly requireBinding: (path: string) => Result<void>
}

/** What a technician sees of models and of what runs them, and the one thing of it that can be set. */
export class ModelRoom {
  readonly #parts: ModelRoomParts

  constructor(parts: ModelRoomParts) { this.#parts = parts }

  async view(): Promise<Result<ModelsView>> {
    const { evidence, model, inUse, onnxruntime } = this.#parts
    const recipe = this.#parts.active()
    const active = recipe ? await viewActive(recipe, evidence) : succeed(null)
    if (!active.ok) return active
    const draft = await viewDraft(this.#parts.draft(), evidence)
    if (!draft.ok) return draft
    const configured = await this.#configured()
    if (!configured.ok) return configured
    return succeed({ active: active.value, draft: draft.value, inference: { inUse: asView(inUse), configured: configured.value, onnxruntime, serving: [...model.providers()], health: model.health() } })
  }

  /** On the build that is configured, which may not be the one in use. */
  async probe(): Promise<Result<ProbeView[]>> {
    const configured = await this.#configured()
    return configured.ok ? succeed([...(await this.#parts.probe(configured.value.bindingPath ?? undefined))]) : configured
  }

  /** Takes effect at the next start: models that serve a line are never moved under it. Fault: model/unavailable for a build that is not there. */
  async setInference({ providers, bindingPath }: Inference, who: string): Promise<Result<null>> {
    const isThere = bindingPath === null ? succeed(undefined) : this.#parts.requireBinding(bindingPath)
    if (!isThere.ok) return isThere
    const before = await this.#configured()
    if (!before.ok) return before
    const after: InferenceSettings = { providers, ...(bindingPath !== null && { bindingPath }) }
    const saved = await this.#parts.evidence.saveDocument(inferenceDocument, after)
    const audited = saved.ok ? await this.#parts.evidence.audit({ who, what: 'inference.set', before: before.value, after }) : saved
    return audited.ok ? succeed(null) : audited
  }

  /** Where nothing is kept, the next start does as this one. */
  async #configured(): Promise<Result<Inference>> {
    const found = await this.#parts.evidence.loadDocument(inferenceDocument)
    if (!found.ok) return found.fault.code === 'request/notFound' ? succeed(asView(this.#parts.inUse)) : found
    return succeed(asView(found.value as InferenceSettings))
  }
}

const asView = ({ providers, bindingPath }: InferenceSettings): Inference => ({ providers: [...providers], bindingPath: bindingPath ?? null })
