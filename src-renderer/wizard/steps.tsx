import type { SvgIconProps } from '@mui/material'
import type { ComponentType } from 'react'
import type { CommissioningView } from '../client/stationClient.ts'
import { BaselineStep } from './baseline/BaselineStep.tsx'
import { CameraStep } from './camera/CameraStep.tsx'
import { BaselineIcon, CameraIcon, OutputsIcon, RegionsIcon, StartIcon, ThresholdIcon } from './icons.tsx'
import { OutputsStep } from './outputs/OutputsStep.tsx'
import { RegionsStep } from './regions/RegionsStep.tsx'
import { RunStep } from './run/RunStep.tsx'
import type { StepId } from './stepPhase.ts'
import { ThresholdStep } from './threshold/ThresholdStep.tsx'

export interface WizardStep {
  readonly Icon: ComponentType<SvgIconProps>
  /** The step's work area; it fills the space it is given and scrolls in one place at the most. */
  readonly Body: ComponentType<{ view: CommissioningView }>
}

/**
 * The screens of the wizard, by the ids of the main process, which also gives their order and state. Texts are `step.<id>.title` and
 * `.lead`. A new step is an id in the contract, a row here and its two texts.
 */
export const wizardSteps: Readonly<Record<StepId, WizardStep>> = {
  camera: { Icon: CameraIcon, Body: CameraStep },
  regions: { Icon: RegionsIcon, Body: RegionsStep },
  baseline: { Icon: BaselineIcon, Body: BaselineStep },
  threshold: { Icon: ThresholdIcon, Body: ThresholdStep },
  outputs: { Icon: OutputsIcon, Body: OutputsStep },
  run: { Icon: StartIcon, Body: RunStep },
}
