import { fault, type Fault } from '../domain/fault.ts'
import type { LineCommand } from '../domain/lineSignals.ts'
import type { ControlHolder } from '../domain/station.ts'

/** Who commands the station, and what the PLC last said. Its levels are remembered while a person holds control, and count only when it does. */
export interface LineControl {
  readonly holder: ControlHolder
  readonly isEnabled: boolean
  readonly isSentOffline: boolean
  readonly isLineRunning: boolean
  /** Commands of the PLC that nothing followed from. */
  readonly ignoredCommands: number
}

/** Nothing is enabled before the PLC has said so; a line that says nothing of itself is taken to run. */
export const freshControl: LineControl = { holder: 'human', isEnabled: false, isSentOffline: false, isLineRunning: true, ignoredCommands: 0 }

export interface ControlStep {
  readonly control: LineControl
  readonly clearsFault: boolean
}

/** What follows from a PLC's command. `changeRecipe` is never followed: no recipe has a number yet. */
export function hearCommand(control: LineControl, command: LineCommand): ControlStep {
  const heard = remember(control, command)
  const isFollowed = control.holder === 'plc' && command.name !== 'changeRecipe'
  return isFollowed
    ? { control: heard, clearsFault: command.name === 'clearFault' }
    : { control: { ...heard, ignoredCommands: heard.ignoredCommands + 1 }, clearsFault: false }
}

/** A condition of READY while the PLC holds control. */
export const controlBlockers = ({ holder, isEnabled, isSentOffline }: LineControl): readonly Fault[] =>
  holder === 'plc' && (!isEnabled || isSentOffline) ? [fault('line/notEnabled', isSentOffline ? 'the PLC has taken the station offline' : 'the PLC has not enabled the station')] : []

/** The line stands, as far as anybody who may say so has said: then the station itself brings no parts. */
export const lineStands = ({ holder, isLineRunning }: LineControl): boolean => holder === 'plc' && !isLineRunning

function remember(control: LineControl, command: LineCommand): LineControl {
  switch (command.name) {
    case 'enable': return { ...control, isEnabled: command.isOn }
    case 'goOffline': return { ...control, isSentOffline: command.isOn }
    case 'lineRunning': return { ...control, isLineRunning: command.isOn }
    default: return control
  }
}
