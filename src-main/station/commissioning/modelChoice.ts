import { fingerprintOf } from '../../domain/fingerprint.ts'
import { boundsOf, type Bounds } from '../../domain/geometry.ts'
import { defaultModelChoice, type AnomalyMethod, type ModelChoice } from '../../domain/recipe.ts'
import type { SettingLatency } from '../../ports/learner.ts'
import type { CommissioningDraft } from './draft.ts'

type Chosen = Pick<CommissioningDraft, 'choice'>
type Timed = Pick<CommissioningDraft, 'camera' | 'regions' | 'timings'>

export const choiceOf = ({ choice }: Chosen): ModelChoice => choice ?? defaultModelChoice

export const isDefaultChoice = (draft: Chosen): boolean => {
  const { method, setting } = choiceOf(draft)
  return method === defaultModelChoice.method && setting === defaultModelChoice.setting
}

/** What a setting's time depends on: how large and how long the regions are, not where they lie. */
export const boundsToTime = ({ camera, regions }: Omit<Timed, 'timings'>): readonly Bounds[] =>
  camera ? regions.map(({ shape }) => boundsOf(shape, camera.frameSize.widthPx, camera.frameSize.heightPx)) : []

export const timingBasis = (draft: Omit<Timed, 'timings'>): string => fingerprintOf(boundsToTime(draft).map(({ width, height }) => [width, height]))

/** What was measured of a method, as long as the regions have kept their sizes. */
export const timingsOf = (draft: Timed, method: AnomalyMethod): readonly SettingLatency[] | undefined =>
  draft.timings?.find((timing) => timing.method === method && timing.basis === timingBasis(draft))?.latencies
