import { useTranslation } from 'react-i18next'
import { useFormats } from '../parts/useFormats.ts'
import type { Missing } from './stepPhase.ts'

/** What is still needed, in the language of the screen; the names of outputs and of the time budget's numbers are translated too. */
export function useMissingText(): (missing: Missing) => string {
  const { t } = useTranslation('wizard')
  const { tenths } = useFormats()
  return ({ code, params }) =>
    t(`missing.${code}`, { ...params, output: t(`common:output.${String(params.output)}`), number: t(`io:budget.fact.${String(params.fact)}`), figure: tenths(Number(params.value)) })
}
