import { fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import { modelsOf, type Recipe } from '../domain/recipe.ts'
import { fail, type Result } from '../domain/result.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PlcPort } from '../ports/plc.ts'
import { proveBudget } from './budgetProof.ts'
import type { ParityGuard } from './parityGuard.ts'

/** Opens what a recipe or a technician names; the hosts know the adapters. */
export interface Devices {
  openCamera(source: string): Promise<Result<CameraPort>>
  openPlc(target: string): Promise<Result<PlcPort>>
}

export interface ActiveRecipe {
  readonly recipe: Recipe
  readonly hash: Sha256
  readonly plcTarget: string
}

export interface OpenedDevices {
  readonly camera: CameraPort
  readonly plc: PlcPort
}

interface Stores extends Devices, ModelStores {
  readonly evidence: Pick<EvidencePort, 'fetch' | 'loadDocument'>
  readonly parity: Pick<ParityGuard, 'prove'>
}

export interface ModelStores {
  readonly evidence: Pick<EvidencePort, 'fetch'>
  readonly model: ModelPort
}

/**
 * READY's conditions, in order: a time budget that is not negative, every model verified against its hash and warm, the pinned frames scored as they were sealed, then the
 * camera, then the outputs off and read back.
 */
export async function prepareLine(active: ActiveRecipe, stores: Stores): Promise<Result<OpenedDevices>> {
  const { recipe, plcTarget } = active
  const budget = await proveBudget(active, stores.evidence)
  if (!budget.ok) return budget
  const loaded = await loadModels(recipe, stores)
  const proven = loaded.ok ? await stores.parity.prove(active) : loaded
  if (!proven.ok) return proven
  const camera = await stores.openCamera(recipe.camera.source)
  if (!camera.ok) return camera
  const settings = await camera.value.open(recipe.camera.settings)
  const plc = settings.ok ? await stores.openPlc(plcTarget) : settings
  const wired = plc.ok ? await plc.value.open({ outputs: recipe.outputs, ...(recipe.line && { line: recipe.line }) }) : plc
  if (wired.ok && plc.ok) return { ok: true, value: { camera: camera.value, plc: plc.value } }
  await camera.value.close()
  if (plc.ok) await plc.value.close()
  return wired.ok ? fail(fault('plc/unreachable', `${plcTarget} could not be opened`)) : wired
}

/** Every model of the recipe and no other, verified and warm. */
export async function loadModels(recipe: Recipe, { evidence, model }: ModelStores): Promise<Result<null>> {
  await model.unloadAll()
  for (const { sha256 } of modelsOf(recipe)) {
    const bytes = await evidence.fetch('model', sha256)
    const loaded = bytes.ok ? await model.load(sha256, bytes.value) : bytes
    if (!loaded.ok) return loaded
  }
  return { ok: true, value: null }
}
