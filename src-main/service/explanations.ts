import { fault } from '../domain/fault.ts'
import type { InspectionId, RegionId, Sha256 } from '../domain/ids.ts'
import { fail, type Result } from '../domain/result.ts'
import type { ExplanationView } from '../../src-preload/contract/explanation.ts'
import { explainScore, readCard, type ExplainRoom } from './explainScore.ts'
import type { Pictures } from './pictures.ts'

/** Explanations for screens, one at a time: however many ask, a running line meets the load of one. */
export class Explanations {
  readonly #room: ExplainRoom
  readonly #pictures: Pick<Pictures, 'stored'>
  #last: Promise<unknown> = Promise.resolve()

  constructor(room: ExplainRoom, pictures: Pick<Pictures, 'stored'>) {
    this.#room = room
    this.#pictures = pictures
  }

  /** A caller who has gone away by its turn is not answered. */
  explain(resultId: InspectionId, regionId: RegionId, signal: AbortSignal | undefined): Promise<Result<ExplanationView>> {
    const mine = this.#last.then(() => (signal?.aborted ? fail(fault('station/interrupted', 'the caller went away')) : explainScore(resultId, regionId, this.#room)))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  /** A good part that a model was learnt from, whole. */
  async source(model: Sha256, id: Sha256, maxWidthPx: number): Promise<Result<Blob>> {
    const card = await readCard(model, this.#room.evidence)
    if (!card.ok) return card
    const frame = card.value?.baseline.find((one) => one.id === id)
    if (!frame) return fail(fault('request/notFound', `model ${model.slice(0, 8)} was not learnt from ${id.slice(0, 8)}`))
    const bytes = await this.#room.evidence.fetch('baseline', frame.id)
    return bytes.ok ? this.#pictures.stored({ bytes: bytes.value, mediaType: frame.mediaType }, maxWidthPx) : bytes
  }
}
