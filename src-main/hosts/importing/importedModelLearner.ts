import { availableParallelism } from 'node:os'
import { onnxGraphOpener } from '../../adapters/learner/onnxGraph.ts'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { imageNet, scalesByItself, type Normalisation } from '../../learning/importing/backboneFeatures.ts'
import { tellAnomalyOutputs, thresholdOf, type AnomalyOutputs } from '../../learning/importing/anomalyOutputs.ts'
import { sealAnomalyModel } from '../../learning/importing/sealAnomalyModel.ts'
import { basisOf, limitsFrom } from '../../learning/threshold.ts'
import type { EnrolledRegion, LearnerPort, RegionToLearn } from '../../ports/learner.ts'
import { hashOf } from '../recipeFile.ts'
import type { OpenedModel } from './readForeignModel.ts'

export interface AnomalyWishes {
  readonly normalisation?: Normalisation
  /** What the export's metadata.json says, where there is one; the file's own metadata come first. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** Absent: from the metadata, or 0.5 where the export normalises its score, else from the good pictures. */
  readonly threshold?: number
}

export interface ToldAnomalyModel {
  readonly outputs: AnomalyOutputs
  readonly normalisation: Normalisation
  /** Whether the threshold is the export's own (or a person's), and not from the good pictures. */
  readonly isThresholdGiven: boolean
}

/** A LearnerPort that learns nothing: the model came trained. The good pictures say what it makes of them here. */
export function importedModelLearner(opened: OpenedModel, wishes: AnomalyWishes, onTold: (told: ToldAnomalyModel) => void): LearnerPort {
  return {
    async enrol({ regions, seed }, onProgress, signal) {
      const enrolled: EnrolledRegion[] = []
      for (const region of regions) {
        const sealed = await sealFor(opened, wishes, region, seed)
        if (!sealed.ok) return sealed
        const { told, bytes, model, threshold } = sealed.value
        onTold(told)
        const begunMs = performance.now()
        const scores: number[] = []
        const run = await onnxGraphOpener(availableParallelism())(bytes)
        for (const data of region.crops) {
          if (signal.aborted) return fail(fault('learning/cancelled', 'the import was cancelled'))
          const answer = await run({ crop: { type: 'uint8', shape: [1, region.inputHeightPx, region.inputWidthPx, 3], data } })
          scores.push(answer['score']![0]!)
          onProgress({ stage: 'holdOut', regionId: region.id, done: scores.length / region.crops.length, etaSeconds: null })
        }
        const seconds = (performance.now() - begunMs) / 1000
        const proposed = limitsFrom(scores)
        const limits = threshold === undefined ? proposed : { ...proposed, failAbove: threshold, unsureAbove: threshold, basis: basisOf(scores, threshold, 'technician') }
        enrolled.push({ regionId: region.id, model, modelBytes: bytes, limits, holdOutScores: scores, seconds, latencyMs: (1000 * seconds) / scores.length })
      }
      return succeed(enrolled)
    },
  }
}

interface SealedImport {
  readonly told: ToldAnomalyModel
  readonly bytes: Uint8Array
  readonly model: EnrolledRegion['model']
  readonly threshold: number | undefined
}

/** Runs the export on a crop, tells its outputs, and seals it for the region. Faults: model/invalid, learning/tooFewImages. */
async function sealFor({ image, model: foreign, name, session, sha256: origin }: OpenedModel, wishes: AnomalyWishes, region: RegionToLearn, seed: number): Promise<Result<SealedImport>> {
  const other = foreign.inputs.find((input) => input.name !== image.name)
  if (other) return fail(fault('model/invalid', `${name}: it asks for ${other.name} beside the picture. Export it with the picture as its only input.`))
  const crop = { widthPx: region.inputWidthPx, heightPx: region.inputHeightPx }
  const input = { widthPx: image.widthPx ?? crop.widthPx, heightPx: image.heightPx ?? crop.heightPx }
  const grey = new Float32Array(3 * input.widthPx * input.heightPx).fill(0.5)
  const answer = await session.run({ [image.name]: { type: 'float32', shape: [1, 3, input.heightPx, input.widthPx], data: grey } })
  if (!answer.ok) return answer
  const outputs = tellAnomalyOutputs(Object.entries(answer.value).map(([output, { type, shape }]) => ({ name: output, type, shape })), input, name)
  if (!outputs.ok) return outputs
  const normalisation = wishes.normalisation ?? (scalesByItself(foreign.file, image.name) ? { mean: [0, 0, 0], std: [1, 1, 1] } : imageNet)
  const features = `onnx:${origin}`
  const metadata = { 'stationmaster.format': '1', 'stationmaster.method': 'imported', 'stationmaster.features': features }
  const { bytes, mapWidth, mapHeight } = sealAnomalyModel({ file: foreign.file, inputName: image.name, input, normalisation, outputs: outputs.value, crop, metadata })
  const threshold = wishes.threshold ?? thresholdOf(foreign.metadata) ?? thresholdOf(wishes.metadata) ?? (outputs.value.isNormalised ? 0.5 : undefined)
  const model = { sha256: hashOf(bytes), bytes: bytes.length, method: 'imported', features, inputWidthPx: crop.widthPx, inputHeightPx: crop.heightPx, mapWidth, mapHeight, baselineImages: region.crops.length, seed } as const
  return succeed({ told: { outputs: outputs.value, normalisation, isThresholdGiven: threshold !== undefined }, bytes, model, threshold })
}
