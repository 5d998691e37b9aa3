import { succeed, type Result } from '../../domain/result.ts'
import type { Sha256 } from '../../domain/ids.ts'
import type { Recipe } from '../../domain/recipe.ts'
import type { EvidencePort } from '../../ports/evidence.ts'
import { learningBasis } from '../../station/commissioning/bases.ts'
import type { CommissioningDraft } from '../../station/commissioning/draft.ts'
import { detectorOf } from '../../station/commissioning/draftDetector.ts'
import { parityDocument, type ParityRecord } from '../../station/parityProof.ts'
import type { ModelSetView, ModelView } from '../../../src-preload/contract/models.ts'
import { readCard } from '../explainScore.ts'

type Shelf = Pick<EvidencePort, 'loadDocument'>

/** The models of the recipe in force, with the last proof of its parity seal. Faults: those of the store. */
export async function viewActive({ recipe, hash }: { readonly recipe: Recipe; readonly hash: Sha256 }, evidence: Shelf): Promise<Result<ModelSetView>> {
  const models = await Promise.all(recipe.regions.map(({ id, name, model, limits, detector }) => viewModel({ regionId: id, regionName: name, model, limits, detector: detector ?? null }, undefined, evidence)))
  const failed = models.find((one) => !one.ok)
  if (failed && !failed.ok) return failed
  return succeed({ name: recipe.name, recipe: hash, seal: await viewSeal(recipe, hash, evidence), isStale: false, models: models.flatMap((one) => (one.ok ? [one.value] : [])) })
}

/** The models that the draft has learnt; null before it has. */
export async function viewDraft(draft: CommissioningDraft, evidence: Shelf): Promise<Result<ModelSetView | null>> {
  const { learnt, regions, name } = draft
  if (!learnt) return succeed(null)
  const models: ModelView[] = []
  for (const { regionId, model, limits, latencyMs } of learnt.regions) {
    const regionName = regions.find(({ id }) => id === regionId)?.name
    if (regionName === undefined) continue
    const viewed = await viewModel({ regionId, regionName, model, limits, detector: detectorOf(draft, regionId)?.detector ?? null }, latencyMs, evidence)
    if (!viewed.ok) return viewed
    models.push(viewed.value)
  }
  return succeed({ name, recipe: null, seal: null, isStale: learnt.basis !== learningBasis(draft), models })
}

async function viewModel(facts: Omit<ModelView, 'latencyMs' | 'remembers' | 'detector'> & { readonly detector: Recipe['regions'][number]['detector'] | null }, latencyMs: number | undefined, evidence: Shelf): Promise<Result<ModelView>> {
  const card = await readCard(facts.model.sha256, evidence)
  if (!card.ok) return card
  return succeed({ ...facts, latencyMs: latencyMs ?? card.value?.latencyMs ?? null, remembers: card.value?.patches != null } as ModelView)
}

async function viewSeal({ seal }: Recipe, hash: Sha256, evidence: Shelf): Promise<ModelSetView['seal']> {
  const nothing = { provider: '', wallTime: '', worst: '' }
  if (!seal) return { state: 'none', frames: 0, ...nothing }
  const found = await evidence.loadDocument(parityDocument)
  const record = found.ok ? (found.value as ParityRecord) : undefined
  if (record?.recipe !== hash) return { state: 'unproven', frames: seal.frames.length, ...nothing }
  return { state: record.isHeld ? 'held' : 'broken', frames: record.frames, provider: record.madeWith.provider, wallTime: record.wallTime, worst: record.worst }
}
