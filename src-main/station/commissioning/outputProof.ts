import { outputNames, type OutputName } from '../../domain/recipe.ts'
import { wiringBasis } from './bases.ts'
import type { CommissioningDraft } from './draft.ts'
import { lineBasis } from './lineRehearsal.ts'

/** What the station moves itself: a PLC that connects to it moves its own. */
export const wiredOutputs = ({ plc }: CommissioningDraft): readonly OutputName[] => (plc.target.startsWith('listen:') ? [] : outputNames.filter((output) => plc.wiring[output]))

export const isOutputProven = (draft: CommissioningDraft, output: OutputName): boolean =>
  draft.tests.some((test) => test.output === output && test.confirmed && test.receipt.readBack === 'agrees' && test.basis === wiringBasis(draft))

/** Where the line says that a part is there, what it says must be heard twenty times; a camera that triggers has nothing to shake hands with. */
export const hasHandshake = ({ line }: CommissioningDraft): boolean => line?.trigger.kind === 'plc' || line?.trigger.kind === 'input'

export const isLineProven = (draft: CommissioningDraft): boolean => draft.lineTest?.passed === true && draft.lineTest.basis === lineBasis(draft)
