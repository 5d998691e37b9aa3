import { Box, Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../src-preload/contract/models.ts'
import { useFormats } from '../parts/useFormats.ts'
import { DetectorClasses } from './DetectorClasses.tsx'
import { ThresholdLine } from './ThresholdLine.tsx'

/** All that is known of one model: enough to follow a decision, and to find its file. */
export function ModelCard({ view, serving }: { view: ModelView; serving: readonly string[] }) {
  const { t } = useTranslation('models')
  const { figure, count } = useFormats()
  const { model, latencyMs, remembers, limits, detector, regionName } = view
  const facts: readonly (readonly [name: string, value: string, hint?: string])[] = [
    ['method', t(`method.${model.method}`)],
    ['setting', model.method === 'imported' ? '–' : t(`setting.${model.setting ?? 'standard'}`)],
    ['features', model.features, model.features],
    ['input', `${model.inputWidthPx} × ${model.inputHeightPx} px`],
    ['map', `${model.mapWidth} × ${model.mapHeight}`],
    ['baseline', count(model.baselineImages)],
    ['latency', latencyMs === null ? '–' : `${figure(latencyMs)} ms`],
    ['provider', serving.length === 0 ? '–' : serving.join(' + ')],
    ['size', `${figure(model.bytes / 1e6)} MB`],
    ['hash', model.sha256.slice(0, 12), model.sha256],
    ['seed', String(model.seed)],
    ['remembers', t(remembers ? 'yes' : 'no')],
  ]
  return (
    <Paper component="article" variant="outlined" aria-label={regionName} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography component="h3" variant="h3">
        {regionName}
      </Typography>
      <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(9.5rem, 1fr))', gap: 1 }}>
        {facts.map(([name, value, hint]) => (
          <Box key={name} sx={{ minWidth: 0 }}>
            <Typography component="dt" variant="caption" color="textSecondary">
              {t(`fact.${name}`)}
            </Typography>
            <Typography component="dd" noWrap title={hint} sx={{ m: 0, fontWeight: 550 }}>
              {value}
            </Typography>
          </Box>
        ))}
      </Box>
      <ThresholdLine limits={limits} />
      {detector && <DetectorClasses detector={detector} />}
    </Paper>
  )
}
