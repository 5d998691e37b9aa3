import { useTranslation } from 'react-i18next'
import type { Missing } from './stepPhase.ts'

/** What is still needed, in the language of the screen; an output's name among the figures is translated too. */
export function useMissingText(): (missing: Missing) => string {
  const { t } = useTranslation('wizard')
  return ({ code, params }) => t(`missing.${code}`, { ...params, output: t(`common:output.${String(params.output)}`) })
}
