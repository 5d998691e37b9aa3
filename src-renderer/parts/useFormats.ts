import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Figures and times as the chosen language writes them. */
export function useFormats() {
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const locale = language === 'pseudo' ? 'en' : language
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
    const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
    const figure = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, useGrouping: false })
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' })
    const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
    return {
      count: (n: number): string => whole.format(n),
      /** Three significant digits: as much as a score means to anybody. */
      figure: (n: number): string => figure.format(n),
      tenths: (n: number): string => tenths.format(n),
      dateTime: (at: string | number): string => minute.format(new Date(at)),
      time: (at: string | number): string => clock.format(new Date(at)),
    }
  }, [language])
}
