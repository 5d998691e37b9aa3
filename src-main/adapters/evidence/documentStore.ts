import { join } from 'node:path'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { writeDurably } from './durableFile.ts'
import { readIfThere } from './namedFile.ts'
import type { StoreLayout } from './storeLayout.ts'
import type { CanonicalJson } from './storeTools.ts'

/** Small named JSON files, each replaced whole and durably: after a power cut there is the old one or the new one. */
export function documentStore(layout: StoreLayout, canonicalJson: CanonicalJson) {
  return {
    save(name: string, value: unknown): void {
      writeDurably(fileOf(layout, name), Buffer.from(canonicalJson(value)))
    },

    /** request/notFound when it was never saved, evidence/integrity when it is no JSON. */
    load(name: string): Result<unknown> {
      const bytes = readIfThere(fileOf(layout, name))
      if (!bytes) return fail(fault('request/notFound', `there is no document ${name}`))
      try {
        return succeed(JSON.parse(bytes.toString('utf8')) as unknown)
      } catch {
        return fail(fault('evidence/integrity', `the document ${name} is damaged`))
      }
    },
  }
}

function fileOf(layout: StoreLayout, name: string): string {
  if (!/^[a-z][\w-]{0,63}$/i.test(name)) throw new Error(`${name} cannot be the name of a document`)
  return join(layout.documents, `${name}.json`)
}
