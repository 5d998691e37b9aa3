import type { LineSettings } from '../../domain/lineSettings.ts'
import { debounce, type Debounced, type Edge } from './debounce.ts'

/** Eyes bounce as triggers do: one part must not confirm two. */
const eyeDebounceMs = 5

export interface LineEdges {
  triggered(edge: Edge): void
  rejectSeen(edge: Edge): void
  exitSeen(edge: Edge): void
}

/** What is known of one wired input. */
export interface WiredInput {
  readonly address: number
  /** A key below `io.registers.` in the translations. */
  readonly name: 'trigger' | 'rejectConfirmed' | 'exitEye'
  look(isOn: boolean, atMs: number): void
}

/** The inputs that these settings wire, each with its debouncing; two of them may share an address. */
export function lineInputs(settings: LineSettings | undefined, edges: LineEdges): readonly WiredInput[] {
  const wired: WiredInput[] = []
  const wire = (name: WiredInput['name'], address: number | undefined, isWanted: boolean, bounced: Debounced, onEdge: (edge: Edge) => void): void => {
    if (address === undefined) return
    wired.push({
      address,
      name,
      look(isOn, atMs) {
        const edge = bounced(isOn, atMs)
        if (edge?.isOn === isWanted) onEdge(edge)
      },
    })
  }
  const { trigger, inputs } = settings ?? {}
  if (trigger?.kind === 'input') wire('trigger', trigger.input, trigger.edge === 'rising', debounce(trigger.debounceMs), edges.triggered)
  wire('rejectConfirmed', inputs?.rejectConfirmed, true, debounce(eyeDebounceMs), edges.rejectSeen)
  wire('exitEye', inputs?.exitEye, true, debounce(eyeDebounceMs), edges.exitSeen)
  return wired
}
