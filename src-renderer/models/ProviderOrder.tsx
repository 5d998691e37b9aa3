import { Box, Checkbox, IconButton, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { providerNames, type ProbeView, type ProviderName } from '../../src-preload/contract/models.ts'
import { ArrowUpIcon } from '../wizard/icons.tsx'

interface Order {
  providers: readonly ProviderName[]
  /** null: nobody has tried yet. */
  probes: readonly ProbeView[] | null
  onChange: (providers: ProviderName[]) => void
}

/** Which providers are tried, the first on top; each can be left out, but for the last. */
export function ProviderOrder({ providers, probes, onChange }: Order) {
  const { t } = useTranslation('models')
  const rows = [...providers, ...providerNames.filter((name) => !providers.includes(name))]
  const toggle = (name: ProviderName): void => onChange(providers.includes(name) ? providers.filter((one) => one !== name) : [...providers, name])
  const raise = (index: number): void => onChange(providers.with(index - 1, providers[index]!).with(index, providers[index - 1]!))
  return (
    <Box component="ol" aria-label={t('inference.order')} sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 0.5 }}>
      {rows.map((name, i) => {
        const isOn = providers.includes(name)
        const probe = probes?.find(({ provider }) => provider === name)
        return (
          <Box component="li" key={name} data-provider={name} sx={{ display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr) auto', alignItems: 'center', border: 1, borderColor: 'divider', borderRadius: 1, pr: 0.5 }}>
            <Checkbox checked={isOn} disabled={isOn && providers.length === 1} onChange={() => toggle(name)} slotProps={{ input: { 'aria-label': t('inference.use', { provider: name }) } }} />
            <Box sx={{ minWidth: 0 }}>
              <Box component="span" sx={{ fontWeight: 600, color: isOn ? 'text.primary' : 'text.secondary' }}>
                {isOn ? `${i + 1}. ${name}` : name}
              </Box>
              {probe && (
                <Typography variant="body2" color="textSecondary" noWrap={probe.trouble !== ''} title={probe.trouble}>
                  {probe.warmUpMs === null ? t('inference.cannot', { trouble: probe.trouble }) : t('inference.can', { ms: probe.warmUpMs.toFixed(1) })}
                </Typography>
              )}
            </Box>
            <IconButton aria-label={t('inference.raise', { provider: name })} disabled={!isOn || i === 0} onClick={() => raise(i)}>
              <ArrowUpIcon />
            </IconButton>
          </Box>
        )
      })}
    </Box>
  )
}
