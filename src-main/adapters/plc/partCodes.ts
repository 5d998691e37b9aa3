import type { PartId } from '../../domain/ids.ts'

/** A scanner that is set to another suffix never ends its line. */
const longestLine = 1_000

export interface PartCodes {
  /** What the scanner sent, in pieces as they came. */
  read(text: string, atMs: number): void
  /** The last code that arrived between the trigger before and this one; null when none did. Older ones are nobody's. */
  take(edgeMs: number): PartId | null
}

/** Codes from a stream of text: each begins with `prefix`, which is not part of it, and ends with `suffix`. What does not begin so is no code. */
export function partCodes(prefix: string, suffix: string): PartCodes {
  let unfinished = ''
  let codes: { readonly code: PartId; readonly atMs: number }[] = []

  return {
    read(text, atMs) {
      const lines = (unfinished + text).split(suffix)
      unfinished = lines.pop()!.slice(-longestLine)
      for (const line of lines) {
        const code = line.startsWith(prefix) ? line.slice(prefix.length).trim() : ''
        if (code) codes.push({ code: code as PartId, atMs })
      }
    },
    take(edgeMs) {
      const latest = codes.findLast((one) => one.atMs <= edgeMs)
      codes = codes.filter((one) => one.atMs > edgeMs)
      return latest?.code ?? null
    },
  }
}

/** A technician types `\r\n`: backslash with r, n, t, \ or xNN stands for the character. */
export const unescapeControl = (text: string): string =>
  text.replace(/\\(r|n|t|\\|x[0-9a-f]{2})/gi, (_, name: string) => controls[name.toLowerCase()] ?? String.fromCharCode(Number.parseInt(name.slice(1), 16)))

const controls: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '\\': '\\' }
