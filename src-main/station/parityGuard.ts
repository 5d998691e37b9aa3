import { fault, type Fault } from '../domain/fault.ts'
import type { Recipe } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'
import { proveParity, type ProofTools } from './parityProof.ts'
import { servingProvider } from './paritySeal.ts'
import type { ActiveRecipe } from './prepareLine.ts'

/**
 * Remembers what the pinned frames were last proven on. An inference process that comes back on another provider (a graphics card that
 * was lost) has to prove itself before it judges another part.
 */
export class ParityGuard {
  readonly #tools: ProofTools
  #provenOn: string | undefined
  #isProving = false

  constructor(tools: ProofTools) {
    this.#tools = tools
  }

  /** Faults: as `proveParity`. */
  async prove(active: ActiveRecipe): Promise<Result<null>> {
    this.#isProving = true
    this.#provenOn = undefined
    const provider = servingProvider(this.#tools.model)
    try {
      const proven = await proveParity(active, this.#tools)
      if (proven.ok) this.#provenOn = provider
      return proven
    } finally {
      this.#isProving = false
    }
  }

  /** Whether the models are served by something that was not proven, and nobody is at it. */
  isDue(recipe: Recipe): boolean {
    return !this.#isProving && servingProvider(this.#tools.model) !== '' && this.blockers(recipe).length > 0
  }

  /** A condition of READY. */
  blockers({ seal }: Recipe): readonly Fault[] {
    const provider = servingProvider(this.#tools.model)
    if (!seal || provider === this.#provenOn) return []
    return [fault('model/unavailable', `the pinned frames are being scored on ${provider || 'no provider'}; last they were on ${this.#provenOn ?? 'none'}`)]
  }
}
