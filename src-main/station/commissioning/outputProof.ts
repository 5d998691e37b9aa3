import { outputNames, type OutputName } from '../../domain/recipe.ts'
import { wiringBasis } from './bases.ts'
import type { CommissioningDraft } from './draft.ts'
import { lineBasis } from './lineRehearsal.ts'

export const wiredOutputs = (draft: CommissioningDraft): readonly OutputName[] => outputNames.filter((output) => draft.plc.wiring[output])

export const isOutputProven = (draft: CommissioningDraft, output: OutputName): boolean =>
  draft.tests.some((test) => test.output === output && test.confirmed && test.receipt.readBack === 'agrees' && test.basis === wiringBasis(draft))

/** Where the line says that a part is there, what it says must be heard twenty times; a camera that triggers has nothing to shake hands with. */
export const hasHandshake = ({ line }: CommissioningDraft): boolean => line?.trigger.kind === 'plc' || line?.trigger.kind === 'input'

export const isLineProven = (draft: CommissioningDraft): boolean => draft.lineTest?.passed === true && draft.lineTest.basis === lineBasis(draft)
