import { outputNames, type OutputName } from '../../domain/recipe.ts'
import type { LineWiring } from '../../ports/plc.ts'

export interface WiredCoil {
  readonly coil: number
  /** A key below `io.registers.` in the translations. */
  readonly name: OutputName | 'alive'
}

/** Every coil that the station moves. */
export function wiredCoils({ outputs, line }: LineWiring): readonly WiredCoil[] {
  const lines = outputNames.flatMap((name) => (outputs[name] ? [{ coil: outputs[name].coil, name }] : []))
  return line?.aliveCoil === undefined ? lines : [...lines, { coil: line.aliveCoil, name: 'alive' }]
}
