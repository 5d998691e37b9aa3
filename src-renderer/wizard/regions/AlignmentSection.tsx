import { Box, Button, FormControlLabel, Paper, Switch, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { alignmentDefaults, type Rectangle } from '../../../src-preload/contract/geometry.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { NumberField } from '../fields/NumberField.tsx'
import { JobProgress } from '../JobProgress.tsx'
import { runJob } from '../runJob.ts'

type Lesson = Pick<NonNullable<CommissioningView['alignment']>, 'rectangle' | 'travel'>

const sides = ['x', 'y', 'width', 'height'] as const
/** Share of the picture on each side that a new rectangle leaves out. */
const margin = 0.15

/** Whether regions go with the part, by what it is found, and how well that worked on the good parts there are. */
export function AlignmentSection({ view, frame }: { view: Pick<CommissioningView, 'alignment' | 'jobs'>; frame: { width: number; height: number } }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const { alignment } = view
  // Stays on after a refusal, so that another rectangle can be tried.
  const [isWanted, setWanted] = useState(false)
  const isOn = isWanted || alignment !== null
  const job = view.jobs.find(({ kind }) => kind === 'setAlignment')
  const teach = (lesson: Lesson | null): void => void runJob(client.commissioning.setAlignment({ lesson }))
  const rectangle: Rectangle = { kind: 'rectangle', x: Math.round(frame.width * margin), y: Math.round(frame.height * margin), width: Math.round(frame.width * (1 - 2 * margin)), height: Math.round(frame.height * (1 - 2 * margin)) }
  const untaught: Lesson = { rectangle, travel: alignmentDefaults.travel }
  const turn = (on: boolean): void => {
    setWanted(on)
    if (on || alignment) teach(on ? untaught : null)
  }
  return (
    <Paper variant="outlined" data-testid="alignment" sx={{ p: 1, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <FormControlLabel
        control={<Switch checked={isOn} disabled={view.jobs.length > 0} onChange={(_event, on) => turn(on)} />}
        label={t('alignment.title')}
        sx={{ mx: 0, '& .MuiFormControlLabel-label': { fontWeight: 600 } }}
      />
      {!alignment && !job && (
        <Typography variant="body2" color="textSecondary" sx={{ px: 0.5 }}>
          {t(isOn ? 'alignment.untaught' : 'alignment.off')}
        </Typography>
      )}
      {isOn && <TaughtFields key={JSON.stringify(alignment && [alignment.rectangle, alignment.travel])} taught={alignment ?? untaught} frame={frame} isBusy={view.jobs.length > 0} onTeach={teach} />}
      {job ? <JobProgress job={job} /> : alignment && <Found alignment={alignment} />}
    </Paper>
  )
}

/** Numbers wait for Teach: half a rectangle is none. */
function TaughtFields({ taught, frame, isBusy, onTeach }: { taught: Lesson; frame: { width: number; height: number }; isBusy: boolean; onTeach: (lesson: Lesson) => void }) {
  const { t } = useTranslation('wizard')
  const [rectangle, setRectangle] = useState(taught.rectangle)
  const [travel, setTravel] = useState(taught.travel)
  return (
    <>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1, pt: 0.5 }}>
        {sides.map((side) => (
          <NumberField key={side} label={t(`regions.${side}`)} value={rectangle[side]} unit="px" isInteger width="100%" min={side === 'x' || side === 'y' ? 0 : 32} max={side === 'x' || side === 'width' ? frame.width : frame.height} onChange={(value) => setRectangle({ ...rectangle, [side]: value })} />
        ))}
        <NumberField label={t('alignment.shift')} value={travel.shiftPx} unit="px" isInteger width="100%" min={0} max={1000} onChange={(shiftPx) => setTravel({ ...travel, shiftPx })} />
        <NumberField label={t('alignment.rotation')} value={travel.rotationDeg} unit="°" isInteger width="100%" min={0} max={45} onChange={(rotationDeg) => setTravel({ ...travel, rotationDeg })} />
      </Box>
      <Button variant="outlined" disabled={isBusy} onClick={() => onTeach({ rectangle, travel })}>
        {t('alignment.teach')}
      </Button>
    </>
  )
}

function Found({ alignment: { spread } }: { alignment: NonNullable<CommissioningView['alignment']> }) {
  const { t } = useTranslation('wizard')
  const { figure } = useFormats()
  return (
    <Typography variant="body2" component="div" role="status" sx={{ px: 0.5 }}>
      {spread ? t('alignment.found', { found: spread.found, frames: spread.frames }) : t('alignment.noBaseline')}
      {spread && spread.found > 1 && <div>{t('alignment.spread', { shift: figure(spread.shiftSdPx), rotation: figure(spread.rotationSdDeg), score: figure(spread.lowestScore) })}</div>}
    </Typography>
  )
}
