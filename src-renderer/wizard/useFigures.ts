import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Figures as the language writes them. */
export function useFigures() {
  const { i18n } = useTranslation()
  const language = i18n.language === 'pseudo' ? 'en' : i18n.language
  return useMemo(() => {
    const digits = (decimals: number) => ({ minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    return {
      number: (value: number, decimals = 0) => new Intl.NumberFormat(language, digits(decimals)).format(value),
      percent: (share: number, decimals = 1) => new Intl.NumberFormat(language, { style: 'percent', ...digits(decimals) }).format(share),
      /** Four significant digits: scores have no unit and no fixed size. */
      score: (value: number) => new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(value),
    }
  }, [language])
}
