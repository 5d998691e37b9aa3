import { fault } from '../domain/fault.ts'
import type { CameraSettings } from '../domain/frame.ts'
import type { Sha256 } from '../domain/ids.ts'
import { isCameraTriggered } from '../domain/lineSettings.ts'
import { modelsOf, type Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
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

export interface Stores extends Devices, ModelStores {
  readonly evidence: Pick<EvidencePort, 'fetch' | 'loadDocument'>
  readonly parity: Pick<ParityGuard, 'prove'>
  /** A trial: pictures that nobody took may move a real output. */
  readonly allowsSimulatedCamera?: boolean
}

export interface ModelStores {
  readonly evidence: Pick<EvidencePort, 'fetch'>
  readonly model: ModelPort
}

/**
 * READY's conditions, in order: a time budget that is not negative, every model verified against its hash and warm, the pinned frames scored as they were sealed, then the
 * camera open and seeing, then the outputs off and read back. `connected` is the line's side where it stayed connected, and stays so.
 */
export async function prepareLine(active: ActiveRecipe, stores: Stores, connected: PlcPort | null): Promise<Result<OpenedDevices>> {
  const budget = await proveBudget(active, stores.evidence)
  if (!budget.ok) return budget
  const loaded = await loadModels(active.recipe, stores)
  const proven = loaded.ok ? await stores.parity.prove(active) : loaded
  if (!proven.ok) return proven
  const camera = await openCamera(active.recipe, stores)
  if (!camera.ok) return camera
  const plc = await openPlc(active, camera.value, stores, connected)
  if (plc.ok) return succeed({ camera: camera.value, plc: plc.value })
  await camera.value.close()
  return plc
}

/** A camera that does not trigger itself takes a picture when the station asks for one. */
export const cameraSettingsFor = ({ camera: { settings }, line }: Recipe): CameraSettings =>
  isCameraTriggered(line) ? settings : { ...settings, triggerMode: 'software' }

async function openCamera(recipe: Recipe, stores: Stores): Promise<Result<CameraPort>> {
  const camera = await stores.openCamera(recipe.camera.source)
  if (!camera.ok) return camera
  const achieved = await camera.value.open(cameraSettingsFor(recipe))
  // A picture that cannot be read is a matter of its part; a camera that cannot show any is not ready.
  const seen = achieved.ok ? await camera.value.preview() : achieved
  if (!seen || seen.ok || !seen.fault.code.startsWith('camera/')) return camera
  await camera.value.close()
  return seen
}

async function openPlc({ recipe, plcTarget }: ActiveRecipe, camera: CameraPort, stores: Stores, connected: PlcPort | null): Promise<Result<PlcPort>> {
  const opened = connected ? succeed(connected) : await stores.openPlc(plcTarget)
  if (!opened.ok) return opened
  const plc = opened.value
  const wired = camera.isSimulated && !plc.isSimulated && !stores.allowsSimulatedCamera
    ? fail(fault('camera/simulated', `${camera.name} must not move the outputs of ${plcTarget}`))
    : await plc.open({ outputs: recipe.outputs, ...(recipe.line && { line: recipe.line }) })
  if (wired.ok) return opened
  if (!connected) await plc.close()
  return wired
}

/** Every model of the recipe and no other, verified and warm. */
export async function loadModels(recipe: Recipe, { evidence, model }: ModelStores): Promise<Result<null>> {
  await model.unloadAll()
  for (const { sha256 } of modelsOf(recipe)) {
    const bytes = await evidence.fetch('model', sha256)
    const loaded = bytes.ok ? await model.load(sha256, bytes.value) : bytes
    if (!loaded.ok) return loaded
  }
  return succeed(null)
}
