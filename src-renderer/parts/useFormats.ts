import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Figures and times as the chosen language writes them. */
export function useFormats() {
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const locale = language === 'pseudo' ? 'en' : language
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
    const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
    return {
      count: (n: number): string => whole.format(n),
      tenths: (n: number): string => tenths.format(n),
      time: (at: string | number): string => clock.format(new Date(at)),
    }
  }, [language])
}
