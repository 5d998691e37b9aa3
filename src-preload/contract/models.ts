import { z } from 'zod'
import { providerNames } from '../../src-main/domain/inference.ts'
import { Detector, RegionIdText, RegionLimits, SealedModel } from './recipe.ts'
import { Health } from './views.ts'

export { providerNames, type ProviderName } from '../../src-main/domain/inference.ts'

/** What is known of one region's model. */
export const ModelView = z.object({
  regionId: RegionIdText,
  regionName: z.string(),
  model: SealedModel,
  limits: RegionLimits,
  /** Bare time on this machine when it was learnt; null where nobody measured it. */
  latencyMs: z.number().nullable(),
  /** Whether it remembers what its good parts look like, for explanations. */
  remembers: z.boolean(),
  detector: Detector.nullable(),
})
export type ModelView = z.infer<typeof ModelView>

export const sealStates = ['none', 'unproven', 'held', 'broken'] as const

/** Whether pinned frames still score as they were sealed. */
export const SealView = z.object({
  state: z.enum(sealStates),
  frames: z.number().int(),
  /** Of the last proof; empty where there was none. */
  provider: z.string(),
  wallTime: z.string(),
  worst: z.string(),
})

export const ModelSetView = z.object({
  name: z.string(),
  /** null for a draft, which is no recipe yet. */
  recipe: z.string().nullable(),
  seal: SealView.nullable(),
  /** The draft has changed since: it must learn again. */
  isStale: z.boolean(),
  models: z.array(ModelView),
})
export type ModelSetView = z.infer<typeof ModelSetView>

export const Inference = z.object({
  /** In the order in which they are tried. */
  providers: z.array(z.enum(providerNames)).min(1).max(providerNames.length).refine((names) => new Set(names).size === names.length, 'a provider is named twice'),
  /** Of a build of onnxruntime in place of the one from npm. */
  bindingPath: z.string().trim().min(1).max(4096).nullable(),
})
export type Inference = z.infer<typeof Inference>

export const ModelsView = z.object({
  active: ModelSetView.nullable(),
  draft: ModelSetView.nullable(),
  inference: z.object({
    inUse: Inference,
    /** From the next start on. */
    configured: Inference,
    onnxruntime: z.string(),
    /** Providers that serve the loaded models now. */
    serving: z.array(z.string()),
    health: Health,
  }),
})
export type ModelsView = z.infer<typeof ModelsView>

/** Whether a provider really runs a model here; `trouble` is what onnxruntime says against it. */
export const ProbeView = z.object({ provider: z.enum(providerNames), warmUpMs: z.number().nullable(), trouble: z.string() })
export type ProbeView = z.infer<typeof ProbeView>
