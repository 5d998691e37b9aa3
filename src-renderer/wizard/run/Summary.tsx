import { Box, Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { outputNames } from '../outputs/OutputCard.tsx'
import { manualNumber } from '../../../src-preload/contract/io.ts'
import { PhaseShape } from '../rail/PhaseShape.tsx'
import { phaseOf, type StepId } from '../stepPhase.ts'
import { clopperPearson } from '../../../src-preload/contract/threshold.ts'
import { useFigures } from '../useFigures.ts'

/** One card a step, with the figures it ended in. */
export function Summary({ view }: { view: CommissioningView }) {
  const lines = useSummaryLines(view)
  return (
    <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'flex', flexDirection: 'column', gap: 1 }}>
      {view.steps
        .filter(({ id }) => id !== 'run')
        .map((step, index) => (
          <SummaryCard key={step.id} id={step.id} number={index + 1} phase={phaseOf(step, false)} lines={lines[step.id]} />
        ))}
    </Box>
  )
}

function SummaryCard({ id, number, phase, lines }: { id: StepId; number: number; phase: ReturnType<typeof phaseOf>; lines: readonly string[] }) {
  const { t } = useTranslation('wizard')
  return (
    <Paper variant="outlined" sx={{ p: 1.25, display: 'grid', gridTemplateColumns: 'auto 9rem minmax(0, 1fr)', gap: 1.5, alignItems: 'start' }}>
      <PhaseShape phase={phase} number={number} />
      <Box>
        <Typography sx={{ fontWeight: 650 }}>{t(`step.${id}.title`)}</Typography>
        <Typography variant="caption" color="textSecondary">
          {t(`phase.${phase}`)}
        </Typography>
      </Box>
      <Box>
        {lines.map((line, i) => (
          <Typography key={i}>{line}</Typography>
        ))}
      </Box>
    </Paper>
  )
}

function useSummaryLines(view: CommissioningView): Readonly<Record<StepId, readonly string[]>> {
  const { t } = useTranslation('wizard')
  const { percent, score } = useFigures()
  const { camera, baseline, regions, learnt, plc, wiring, tests } = view
  const known = view.sources.find(({ source }) => source === camera?.source)
  const sourceName = known ? t(`firstRun:world.${known.name}`, { defaultValue: known.name }) : (camera?.source ?? '')
  const nameOf = (id: string): string => regions.find((region) => region.id === id)?.name ?? id
  return {
    camera: camera ? [sourceName, ...(camera.frameSize ? [`${camera.frameSize.widthPx} × ${camera.frameSize.heightPx} px`] : [])] : [],
    regions: regions.map(({ name, masks }) => (masks.length > 0 ? t('run.region', { name, count: masks.length }) : name)),
    baseline: [t('run.baseline', { usable: baseline.usable, setAside: baseline.frames.length - baseline.usable })],
    threshold: (learnt ?? []).flatMap(({ regionId, limits: { failAbove, unsureAbove, basis }, holdOutScores, knownBad }) => {
      const over = (line: number) => clopperPearson(holdOutScores.filter((one) => one > line).length, holdOutScores.length)
      const say = ({ value, low, high }: ReturnType<typeof over>) => ({ value: percent(value), low: percent(low), high: percent(high) })
      const missed = knownBad.filter((one) => one.score <= unsureAbove).length
      return [
        t('run.threshold', { name: nameOf(regionId), limit: score(failAbove), ...say(over(failAbove)) }),
        ...(unsureAbove < failAbove ? [t('run.notAccepted', { limit: score(unsureAbove), ...say(over(unsureAbove)) })] : []),
        knownBad.length > 0 ? t('run.missed', { missed, count: knownBad.length, ...say(clopperPearson(missed, knownBad.length)) }) : t('run.missesUnknown'),
        ...(basis.reason ? [t('run.reason', { reason: basis.reason })] : []),
      ]
    }),
    outputs: [
      plc?.isSimulated ? t('outputs.isSimulated') : (plc?.target ?? ''),
      ...outputNames.flatMap((output) => {
        const line = wiring[output]
        return line ? [t('run.output', { output: t(`common:output.${output}`), coil: line.coil, manual: manualNumber('coil', line.coil), delay: line.delayMs, pulse: line.pulseMs, proof: t(tests.some((test) => test.output === output && test.confirmed) ? 'run.proven' : 'run.notProven') })] : []
      }),
    ],
    run: [],
  }
}

