import { fault } from '../domain/fault.ts'
import type { RegionId } from '../domain/ids.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { featureSettings } from '../learning/featureSetting.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ForeignKind, ForeignSource, ImporterPort } from '../ports/importer.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { usableBaseline } from '../station/commissioning/baselineFlags.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { detectorBasis, detectorOf, type DraftDetector } from '../station/commissioning/draftDetector.ts'
import { choiceOf } from '../station/commissioning/modelChoice.ts'
import { openBaselineFrame } from './openBaselineFrame.ts'
import { cropRegions } from './teachRegions.ts'

interface ImportRoom {
  readonly evidence: Pick<EvidencePort, 'fetch' | 'keep'>
  readonly pixels: PixelsPort
  readonly importer: ImporterPort
  readonly maxPixels: number
}

/** Real pictures that a file is tried on. */
const probes = 3

const nothingToTry = fail(fault('request/wrongMode', 'draw a region and take some good parts first: a model is tried on real pictures before it is taken in'))

/** A backbone or a trained anomaly model, tried on good parts of this station. Faults: request/wrongMode without any, and the importer's. */
export async function importFeatures(kind: ForeignKind, path: string, draft: CommissioningDraft, room: ImportRoom, signal: AbortSignal): Promise<Result<ForeignSource>> {
  const { camera, regions, alignment } = draft
  const frames = usableBaseline(draft.baseline).slice(0, probes)
  if (!camera || regions.length === 0 || frames.length === 0) return nothingToTry
  const choice = choiceOf(draft)
  const pictures = frames.map((frame) => ({ name: `baseline picture ${frame.id.slice(0, 8)}`, open: () => openBaselineFrame(frame, room) }))
  const { inputSize } = featureSettings[choice.setting]
  const cut = await cropRegions({ pictures, regions, frameSize: camera.frameSize, alignment: alignment?.taught, choice, inputSize, seed: 1 }, room.pixels, () => undefined, signal)
  return cut.ok ? room.importer.tryOut(kind, path, cut.value.regions, signal) : cut
}

export interface DetectorWanted {
  readonly regionId: RegionId
  readonly path: string
  /** Of its labels in their order, where the file names none. */
  readonly names?: readonly string[]
}

/** A detector sealed for one region of the draft and kept; limits that an earlier one had are kept for classes of the same name. */
export async function importDetector({ regionId, path, names }: DetectorWanted, draft: CommissioningDraft, room: ImportRoom, signal: AbortSignal): Promise<Result<DraftDetector>> {
  const region = draft.regions.find(({ id }) => id === regionId)
  const [first] = usableBaseline(draft.baseline)
  if (!draft.camera || !region || !first) return nothingToTry
  const frame = await openBaselineFrame(first, room)
  if (!frame.ok) return frame
  const classes = detectorOf(draft, regionId)?.detector.classes ?? []
  const sealed = await room.importer.sealDetector({ path, region, frameSize: draft.camera.frameSize, picture: frame.value.image, ...(names && { names }), classes }, signal)
  if (!sealed.ok) return sealed
  const kept = await room.evidence.keep('model', sealed.value.bytes)
  return kept.ok ? succeed({ regionId, basis: detectorBasis(region), file: fileNameOf(path), detector: sealed.value.detector }) : kept
}

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1)!
