import type { CommissioningView } from '../client/stationClient.ts'

export type StepView = CommissioningView['steps'][number]
export type StepId = StepView['id']
export type Missing = StepView['missing'][number]

export const phases = ['todo', 'inProgress', 'passed', 'waived', 'stale'] as const
export type Phase = (typeof phases)[number]

/** How the rail shows a step: what is on the screen and has not passed is the work in hand. */
export const phaseOf = (step: StepView, isCurrent: boolean): Phase => (step.status === 'todo' && isCurrent ? 'inProgress' : step.status)

/** The step to show: the asked-for one where it may be opened, else the first that still needs work. */
export function chooseStep(steps: readonly StepView[], asked: string | undefined): StepView {
  const open = steps.find((step) => step.id === asked && step.isOpen)
  return open ?? steps.find((step) => step.isOpen && step.status !== 'passed' && step.status !== 'waived') ?? steps.at(-1)!
}

/** What is to be said beside Next: what this step misses, or, when Next is closed all the same, what an earlier one does. */
export function stillMissing(steps: readonly StepView[], id: StepId): readonly Missing[] {
  const index = steps.findIndex((step) => step.id === id)
  const own = steps[index]!.missing
  const nextIsOpen = steps[index + 1]?.isOpen ?? steps[index]!.isOpen
  return own.length > 0 || nextIsOpen ? own : steps.slice(0, index).flatMap((step) => step.missing)
}
