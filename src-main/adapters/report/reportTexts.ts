/** The rooms of `resources/translations/<language>` that a report is written from. */
export interface ReportTexts {
  readonly report: Texts
  readonly wizard: Texts
  readonly common: Texts
  readonly faults: Texts
}

export interface Texts { readonly [key: string]: string | Texts }

export interface Writer {
  /** `say('figure.focus', {n: 3})` in the report's own words; `wizard:` and the other rooms by prefix. A key that is missing comes back as it is. */
  say(key: string, params?: Readonly<Record<string, string | number>>): string
  number(value: number, digits?: number): string
  percent(share: number): string
  dateTime(at: string): string
}

export function createWriter(texts: ReportTexts, language: string): Writer {
  // Days before months, as the texts are written.
  const locale = language === 'en' ? 'en-GB' : language
  const numbers = new Map<number, Intl.NumberFormat>()
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
  return {
    say(key, params = {}) {
      const [room, path] = key.includes(':') ? (key.split(':') as [keyof ReportTexts, string]) : (['report', key] as const)
      const found = path.split('.').reduce<string | Texts | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), texts[room])
      return typeof found === 'string' ? found.replace(/{{\s*(\w+)[^}]*}}/g, (_, name: string) => String(params[name] ?? '')) : key
    },
    number(value, digits = 3) {
      const known = numbers.get(digits) ?? new Intl.NumberFormat(locale, { maximumSignificantDigits: digits })
      numbers.set(digits, known)
      return known.format(value)
    },
    percent: (share) => percent.format(share),
    dateTime: (at) => `${clock.format(new Date(at))} UTC`,
  }
}
