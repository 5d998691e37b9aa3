import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Shares and scores as the language writes them; counts and times are in `parts/useFormats`. */
export function useFigures() {
  const { i18n } = useTranslation()
  const language = i18n.language === 'pseudo' ? 'en' : i18n.language
  return useMemo(() => {
    const format = (options: Intl.NumberFormatOptions) => {
      const { format } = new Intl.NumberFormat(language, options)
      return (value: number): string => format(value)
    }
    return {
      percent: format({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
      wholePercent: format({ style: 'percent', maximumFractionDigits: 0 }),
      /** Four significant digits: scores have no unit and no fixed size. */
      score: format({ maximumSignificantDigits: 4 }),
    }
  }, [language])
}
