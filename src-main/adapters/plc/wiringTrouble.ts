import { fault, type Fault } from '../../domain/fault.ts'
import { outputNames } from '../../domain/recipe.ts'
import type { LineWiring } from '../../ports/plc.ts'

/** What of a wiring contradicts itself, as recipe/invalid; null for one that can be used. */
export function wiringTrouble({ outputs, line }: LineWiring): Fault | null {
  const lines = outputNames.flatMap((name) => outputs[name] ?? [])
  if (lines.some((one) => one.counts) && !line?.encoder) return fault('recipe/invalid', 'an output counts with the belt, and no encoder is wired')
  if (lines.some((one) => one.coil === line?.aliveCoil)) return fault('recipe/invalid', `coil ${line?.aliveCoil} is an output and the sign of life at once`)
  if (line?.confirmWithinMs !== undefined && line.inputs?.rejectConfirmed === undefined) return fault('recipe/invalid', 'rejects are to be confirmed, and no input is wired for it')
  if (line?.partIds.kind === 'barcode' && line.trigger.kind !== 'input') return fault('recipe/invalid', 'a barcode names the part that an input announces, and parts come in another way')
  return null
}
