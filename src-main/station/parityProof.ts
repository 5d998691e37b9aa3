import type { Sha256 } from '../domain/ids.ts'
import type { Software } from '../domain/inspection.ts'
import type { SealOrigin } from '../domain/paritySeal.ts'
import { succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { describeFigure, parityFault, scoreSeal, servingProvider, worstFigure, type ParityTools } from './paritySeal.ts'
import type { ActiveRecipe } from './prepareLine.ts'

/** The last time that the pinned frames were scored on this station, kept as the document `parity` and in the audit trail. */
export interface ParityRecord {
  readonly recipe: Sha256
  readonly madeWith: SealOrigin
  /** What is no longer as it was the time before, or at the sealing; empty at an ordinary start. */
  readonly changes: readonly string[]
  readonly isHeld: boolean
  readonly frames: number
  readonly worst: string
  readonly tookMs: number
  readonly wallTime: string
}

export const parityDocument = 'parity'

export interface ProofTools extends ParityTools {
  readonly evidence: Pick<EvidencePort, 'fetch' | 'loadDocument' | 'saveDocument' | 'audit'>
  readonly origin: { readonly software: Software }
}

/**
 * Scores the pinned frames on what serves the models now; a recipe without a seal has nothing to prove. What was found is durable
 * before this resolves. Faults: model/parityBroken, and those of the store and of the inference process.
 */
export async function proveParity({ recipe, hash }: Pick<ActiveRecipe, 'recipe' | 'hash'>, tools: ProofTools): Promise<Result<null>> {
  const { seal } = recipe
  if (!seal) return succeed(null)
  const { clock, evidence, model, origin } = tools
  const startedMs = clock.monotonicMs()
  const before = await lastRecord(evidence, hash)
  const scored = await scoreSeal(seal, recipe, tools)
  if (!scored.ok && scored.fault.code !== 'model/parityBroken') return scored
  const broken = scored.ok ? parityFault(scored.value) : scored.fault
  const worst = scored.ok && worstFigure(scored.value)
  const { version, onnxruntime } = origin.software
  const madeWith: SealOrigin = { provider: servingProvider(model), version, onnxruntime }
  const record: ParityRecord = {
    recipe: hash,
    madeWith,
    changes: changesBetween(before?.madeWith ?? seal.madeWith, madeWith),
    isHeld: !broken,
    frames: seal.frames.length,
    worst: broken?.detail ?? (worst ? describeFigure(worst) : ''),
    tookMs: clock.monotonicMs() - startedMs,
    wallTime: clock.wallTime(),
  }
  const kept = await keepRecord(record, before, evidence)
  if (!kept.ok) return kept
  return broken ? { ok: false, fault: broken } : succeed(null)
}

async function keepRecord(record: ParityRecord, before: ParityRecord | undefined, evidence: ProofTools['evidence']): Promise<Result<void>> {
  const saved = await evidence.saveDocument(parityDocument, record)
  if (!saved.ok) return saved
  return evidence.audit({ who: 'station', what: record.isHeld ? 'parity.held' : 'parity.broken', why: record.changes.join(', ') || 'start', before, after: record })
}

/** Of this recipe; the document says nothing about another. */
async function lastRecord(evidence: ProofTools['evidence'], recipe: Sha256): Promise<ParityRecord | undefined> {
  const found = await evidence.loadDocument(parityDocument)
  const record = found.ok ? (found.value as ParityRecord) : undefined
  return record?.recipe === recipe ? record : undefined
}

const originNames: Readonly<Record<keyof SealOrigin, string>> = { provider: 'provider', version: 'program', onnxruntime: 'onnxruntime' }

const changesBetween = (before: SealOrigin, after: SealOrigin): readonly string[] =>
  (Object.keys(originNames) as (keyof SealOrigin)[]).flatMap((key) => (before[key] === after[key] ? [] : [`${originNames[key]} ${before[key]} → ${after[key]}`]))
