import type { StationMode } from '../../domain/station.ts'
import type { EvidencePort } from '../../ports/evidence.ts'
import { loadTiming, timingDocument } from '../../station/budgetProof.ts'
import type { CommissioningDraft } from '../../station/commissioning/draft.ts'
import { rehearsedTiming } from '../../station/commissioning/lineRehearsal.ts'
import { nothingMeasured, type LineTiming } from '../../station/lineBudget.ts'
import type { ActiveRecipe } from '../../station/prepareLine.ts'
import type { PartScope } from './partScope.ts'

export interface TimingParts {
  readonly evidence: Pick<EvidencePort, 'loadDocument' | 'saveDocument'>
  readonly mode: () => StationMode
  readonly active: () => ActiveRecipe | null
  readonly draft: () => CommissioningDraft
}

/** Fewer parts say little about one in a thousand. */
const provenParts = 200
const saveEveryParts = 100

/** How fast this station decides and how exactly it moves its outputs: for the screens, and kept for the next start. */
export class LineTimings {
  readonly #parts: TimingParts
  readonly #scope: PartScope
  #stored: { readonly recipe: string; readonly timing: LineTiming } | null = null
  #measured: string | null = null
  #unsaved = 0

  constructor(parts: TimingParts, scope: PartScope) {
    this.#parts = parts
    this.#scope = scope
  }

  /** Of this recipe's parts where there were any, else what was measured before; while commissioning, of the draft. */
  get now(): LineTiming {
    if (this.#parts.mode() === 'commissioning') return rehearsedTiming(this.#parts.draft())
    const active = this.#parts.active()
    const stored = this.#stored?.recipe === active?.hash ? this.#stored?.timing : undefined
    return this.#scope.timing(active?.recipe.line?.deadlineMs ?? Infinity) ?? stored ?? nothingMeasured
  }

  /** Reads what was measured of the recipe in force before this start; once for each. */
  async recall(): Promise<void> {
    const hash = this.#parts.active()?.hash
    if (!hash || this.#stored?.recipe === hash) return
    const loaded = await loadTiming(hash, this.#parts.evidence)
    this.#stored = { recipe: hash, timing: loaded.ok ? loaded.value : nothingMeasured }
  }

  /** What was measured with another recipe says nothing about this one. */
  beginRecipe(): void {
    const recipe = this.#parts.active()?.hash ?? null
    if (recipe !== this.#measured) this.#scope.forget()
    this.#measured = recipe
  }

  /** After each part: now and then what was measured is kept, for the next start to be held against. */
  keep(): void {
    const active = this.#parts.active()
    if (this.#parts.mode() !== 'running' || !active?.recipe.line?.belt || ++this.#unsaved < saveEveryParts) return
    this.#unsaved = 0
    const timing = this.#scope.timing(active.recipe.line.deadlineMs)
    if (timing && timing.n >= provenParts) void this.#parts.evidence.saveDocument(timingDocument(active.hash), timing)
  }
}
