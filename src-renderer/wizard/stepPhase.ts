import type { CommissioningView } from '../client/stationClient.ts'

export type StepView = CommissioningView['steps'][number]
export type StepId = StepView['id']
export type Missing = StepView['missing'][number]

export const phases = ['todo', 'inProgress', 'passed', 'stale'] as const
export type Phase = (typeof phases)[number]

/** How the rail shows a step: an open one that has not passed is the work in hand. */
export const phaseOf = (step: StepView): Phase => (step.status === 'todo' && step.isOpen ? 'inProgress' : step.status)

/** The step to show: the asked-for one where it may be opened, else the first that still needs work. */
export function chooseStep(steps: readonly StepView[], asked: string | undefined): StepView {
  const open = steps.find((step) => step.id === asked && step.isOpen)
  return open ?? steps.find((step) => step.isOpen && step.status !== 'passed') ?? steps.at(-1)!
}

/** Why Next leads nowhere yet: what this step misses, or what the next one waits for. Empty when it does lead on. */
export function blockedBy(steps: readonly StepView[], id: StepId): readonly Missing[] {
  const index = steps.findIndex((step) => step.id === id)
  const next = steps[index + 1]
  if (!next || next.isOpen) return []
  const own = steps[index]!.missing
  return own.length > 0 ? own : steps.slice(0, index).flatMap((step) => step.missing)
}
