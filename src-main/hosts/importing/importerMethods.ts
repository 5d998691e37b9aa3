import type { RegionFacts } from '../../adapters/learner/learnerMethods.ts'
import type { LaneContext, LaneMethods } from '../../adapters/lane/lane.ts'
import { fault } from '../../domain/fault.ts'
import { defaultInference } from '../../domain/inference.ts'
import type { Sha256 } from '../../domain/ids.ts'
import type { DefectClass, Recipe } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { classNamesOf } from '../../learning/importing/classNames.ts'
import type { DetectorToSeal, ForeignKind, SealedDetector } from '../../ports/importer.ts'
import type { EnrolledRegion, LearnerPort, RegionToLearn } from '../../ports/learner.ts'
import { withScoringTools } from '../scoringTools.ts'
import { backboneLearner } from './backboneLearner.ts'
import { chooseBackbone } from './chooseBackbone.ts'
import { importDetector } from './importDetector.ts'
import { importedModelLearner } from './importedModelLearner.ts'
import { readForeignModel, type OpenedModel } from './readForeignModel.ts'

export interface OpenForeign {
  readonly kind: ForeignKind
  readonly path: string
  /** Of the file that was taken in; absent: whichever lies there. */
  readonly sha256?: Sha256
}

/** What a new detector's findings need, until somebody decides otherwise: as the command has it. */
const unlimited = { severity: 'major', minConfidence: 0.25, minAreaPx: 0 } as const
const overlapMax = 0.45

/** What the importing process answers: a file opened, regions with their crops one after the other, then `tryOut` or `enrol`; or a detector. */
export function importerMethods(): LaneMethods {
  const regions: (RegionFacts & { readonly crops: Uint8Array[] })[] = []
  let opened: (OpenForeign & { readonly model: OpenedModel }) | undefined
  return {
    async open(wanted: OpenForeign): Promise<Result<Sha256>> {
      const model = await readForeignModel(wanted.path)
      if (!model.ok) return model
      const { sha256, name } = model.value
      if (wanted.sha256 !== undefined && wanted.sha256 !== sha256)
        return fail(fault('model/hashMismatch', `${wanted.path} is no longer the file that was imported: its hash is ${sha256}. Import ${name} again.`))
      opened = { ...wanted, model: model.value }
      return succeed(sha256)
    },
    addRegion: async (facts: RegionFacts): Promise<void> => { regions.push({ ...facts, crops: [] }) },
    addCrop: async (crop: Uint8Array): Promise<void> => { regions.at(-1)!.crops.push(crop) },
    tryOut: async (_: undefined, context: LaneContext): Promise<Result<null>> => tryModel(opened!, regions, context),
    enrol: (seed: number, { notify, signal }: LaneContext): Promise<Result<readonly EnrolledRegion[]>> => learnerOf(opened!, regions).enrol({ regions, seed }, notify, signal),
    detector: (wanted: DetectorToSeal) => sealWanted(wanted),
  }
}

function learnerOf({ kind, model }: { readonly kind: ForeignKind; readonly model: OpenedModel }, regions: readonly RegionToLearn[]): LearnerPort {
  if (kind === 'anomalib') return importedModelLearner(model, { metadata: {} }, () => undefined)
  return backboneLearner(model, { method: regions[0]!.method }, () => undefined)
}

/** A backbone's features are looked at; a trained model is sealed and scores the crops. */
async function tryModel(opened: OpenForeign & { readonly model: OpenedModel }, regions: readonly RegionToLearn[], { signal }: LaneContext): Promise<Result<null>> {
  if (opened.kind === 'anomalib') {
    const tried = await learnerOf(opened, regions).enrol({ regions, seed: 1 }, () => undefined, signal)
    return tried.ok ? succeed(null) : tried
  }
  for (const region of regions) {
    const chosen = await chooseBackbone(opened.model, {}, region)
    if (!chosen.ok) return chosen
  }
  return succeed(null)
}

async function sealWanted({ path, region, frameSize, picture, names, classes }: DetectorToSeal): Promise<Result<SealedDetector>> {
  const opened = await readForeignModel(path)
  if (!opened.ok) return opened
  // All that `importDetector` reads of a recipe: the draft is none yet.
  const recipe = { frame: frameSize, regions: [region] } as unknown as Recipe
  const rules = classes.map(({ labels: _labels, aliases = [], ...rule }) => ({ ...rule, aliases }))
  const wishes = { region: region.name, ...(names && { names }), rules, otherwise: unlimited, overlapMax }
  const imported = await withScoringTools(defaultInference, (tools) => importDetector(opened.value, recipe, picture, wishes, tools))
  if (!imported.ok) return imported
  const { detector, sealed } = imported.value
  const labelNames = names ?? classNamesOf(opened.value.model.metadata) ?? []
  return succeed({ bytes: sealed, detector: { ...detector, classes: detector.classes.map((one) => withAliases(one, labelNames)) } })
}

/** What the detector itself calls a class, where that is another name. */
function withAliases(one: DefectClass, labelNames: readonly string[]): DefectClass {
  const aliases = one.labels.flatMap((label) => labelNames[label] ?? []).filter((name) => name !== one.name)
  return { ...one, ...(aliases.length > 0 && { aliases }) }
}
