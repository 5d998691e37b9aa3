const accents: Readonly<Record<string, string>> = { a: 'á', e: 'ë', i: 'ï', o: 'ö', u: 'ü', A: 'Å', E: 'É', I: 'Î', O: 'Ø', U: 'Û', c: 'ç', n: 'ñ' }

type Texts = { [key: string]: string | Texts }

/** Texts with accents and 40 % more length, to find what does not fit and what was never translated. `{{figures}}` stay. */
export function pseudoLocalise<T extends Texts>(texts: T): T {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? lengthen(text) : pseudoLocalise(text)])) as T
}

function lengthen(text: string): string {
  const accented = text.replace(/\{\{.*?\}\}|[a-zA-Z]/g, (found) => accents[found] ?? found)
  const shown = text.replace(/\{\{.*?\}\}/g, '')
  return accented + '·'.repeat(Math.ceil(shown.length * 0.4))
}
