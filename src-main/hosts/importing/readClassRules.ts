import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fault } from '../../domain/fault.ts'
import { severities } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClassRule } from '../../learning/importing/taxonomy.ts'

const Rules = z.array(
  z.object({
    name: z.string().min(1).max(80),
    aliases: z.array(z.string().min(1)).default([]),
    severity: z.enum(severities),
    minConfidence: z.number().min(0).max(1),
    minAreaPx: z.number().nonnegative().default(0),
  }),
)

/** The station's classes of defects, from a JSON file as docs/importing.md shows it. Faults: request/notFound, request/invalid. */
export async function readClassRules(file: string): Promise<Result<readonly ClassRule[]>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return fail(fault('request/notFound', `${file} cannot be read: ${textOf(error)}`))
  }
  try {
    const rules = Rules.safeParse(JSON.parse(text))
    return rules.success ? succeed(rules.data) : fail(fault('request/invalid', `${file} does not describe classes of defects:\n${z.prettifyError(rules.error)}`))
  } catch (error) {
    return fail(fault('request/invalid', `${file} is not JSON: ${textOf(error)}`))
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
