import { fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { lineBudget, nothingMeasured, type BudgetChange, type LineBudget, type LineTiming } from './lineBudget.ts'

/** The document that keeps what was measured of a recipe on this station. */
export const timingDocument = (recipe: Sha256): string => `lineTiming-${recipe.slice(0, 32)}`

export async function loadTiming(recipe: Sha256, evidence: Pick<EvidencePort, 'loadDocument'>): Promise<Result<LineTiming>> {
  const kept = await evidence.loadDocument(timingDocument(recipe))
  if (kept.ok) return succeed(kept.value as LineTiming)
  return kept.fault.code === 'request/notFound' ? succeed(nothingMeasured) : kept
}

/**
 * A recipe that knows its belt runs only when its reject hits every bad part and no other, by what was measured last. A recipe without
 * belt facts has nothing to prove. Faults: line/noTimeBudget, which names the number to change, and those of the store.
 */
export async function proveBudget({ recipe, hash }: { readonly recipe: Pick<Recipe, 'line' | 'outputs'>; readonly hash: Sha256 }, evidence: Pick<EvidencePort, 'loadDocument'>): Promise<Result<null>> {
  const { line, outputs } = recipe
  if (!line?.belt) return succeed(null)
  const timing = await loadTiming(hash, evidence)
  if (!timing.ok) return timing
  const budget = lineBudget(line.belt, timing.value, outputs.reject, line.encoder)
  const [first] = budget.changes
  return first ? fail(fault('line/noTimeBudget', budget.changes.map((change) => sayChange(change, budget)).join('; '), { measured: valueOf(first, budget), limit: first.value })) : succeed(null)
}

const sayChange = (change: BudgetChange, budget: LineBudget): string =>
  `${change.fact} is ${valueOf(change, budget).toFixed(1)} and must be ${change.bound === 'atLeast' ? 'at least' : 'at most'} ${change.value.toFixed(1)}`

const valueOf = ({ fact }: BudgetChange, { facts, set }: LineBudget): number => (fact === 'delayMs' || fact === 'pulseMs' ? set[fact] : facts[fact])
