import { useTranslation } from 'react-i18next'
import type { Reason } from '../client/stationClient.ts'
import { useFormats } from './useFormats.ts'

/** A reason in the chosen language: figures as the language writes them, faults as their sentence instead of their code. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation(['reasons', 'faults'])
  const { figure } = useFormats()
  return ({ code, params }) => {
    const said = Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? figure(value) : name === 'fault' ? t(`faults:${value}.problem`, { defaultValue: value }) : value])
    return t(`reasons:${code}`, Object.fromEntries(said) as Record<string, string>)
  }
}
