/** Names of a detector's labels, by their number; from the metadata that Ultralytics and YOLOv5 write: `{0: 'scratch', 1: "dent"}` or a list. */
export function classNamesOf(metadata: Readonly<Record<string, string>>): readonly string[] | undefined {
  const text = metadata['names']
  if (text === undefined) return undefined
  const names: string[] = []
  const quoted = /(?:(\d+)["']?\s*:\s*)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")(?!\s*:)/g
  for (const [, number, single, double] of text.matchAll(quoted)) names[number === undefined ? names.length : Number(number)] = (single ?? double ?? '').replace(/\\(.)/g, '$1')
  return names.length === 0 ? undefined : Array.from(names, (name: string | undefined, label) => name ?? `class ${label}`)
}
