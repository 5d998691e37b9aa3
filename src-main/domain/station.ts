/** What the whole program is doing: nothing yet, commissioning, judging parts, or standing still with a recipe. */
export const stationModes = ['empty', 'commissioning', 'running', 'stopped'] as const
export type StationMode = (typeof stationModes)[number]

/** States of the station after OPC 40100-1; the fault and stop states are latched. */
export const stationStates = [
  'preoperational',
  'initialized',
  'ready',
  'acquiring',
  'inspecting',
  'committing',
  'resultValid',
  'holding',
  'offline',
  'fault',
] as const
export type StationStateName = (typeof stationStates)[number]
