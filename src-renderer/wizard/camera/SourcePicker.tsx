import { Alert, Box, Button, ButtonBase, TextField, Typography } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView, Fault } from '../../client/stationClient.ts'
import { FaultText } from '../../parts/FaultText.tsx'
import { WorldPicture } from '../../firstRun/WorldPicture.tsx'
import { mm } from '../../parts/mm.ts'
import { FolderIcon } from '../icons.tsx'

type Source = CommissioningView['sources'][number]

/** The simulated worlds and folders that were found, and any other folder by its path. */
export function SourcePicker({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const chosen = view.camera?.source
  const known = view.sources.some(({ source }) => source === chosen)
  return (
    <Box sx={{ minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column', gap: 1, pr: 0.5 }}>
      <Box role="radiogroup" aria-label={t('camera.sources')} sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
        {view.sources.map((source) => (
          <SourceCard key={source.source} source={source} isChosen={source.source === chosen} onChoose={() => void call(client.commissioning.chooseCamera({ source: source.source }))} />
        ))}
      </Box>
      <FolderField key={chosen} chosen={known ? '' : (chosen ?? '')} />
    </Box>
  )
}

function SourceCard({ source, isChosen, onChoose }: { source: Source; isChosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('wizard')
  return (
    <ButtonBase
      role="radio"
      aria-checked={isChosen}
      onClick={onChoose}
      sx={{ minHeight: mm(17), p: 1, gap: 1.5, justifyContent: 'flex-start', textAlign: 'left', borderRadius: 1, border: 2, borderColor: isChosen ? 'primary.main' : 'divider', bgcolor: 'background.paper', '&:hover': { borderColor: isChosen ? 'primary.main' : 'text.secondary' } }}
    >
      <Box aria-hidden sx={{ flex: 'none', width: '5.5rem', height: '3.5rem', display: 'grid', placeItems: 'center', bgcolor: 'background.stage', borderRadius: 0.75, color: 'text.secondary' }}>
        {source.kind === 'folder' ? <FolderIcon /> : <WorldPicture source={source.source} />}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600, lineHeight: 1.2, overflowWrap: 'anywhere' }}>{source.kind === 'folder' ? source.name : t(`firstRun:world.${source.name}`, { defaultValue: source.name })}</Typography>
        <Typography variant="caption" color="textSecondary">
          {t(`camera.kind.${source.kind}`)}
          {isChosen && ` · ${t('camera.chosen')}`}
        </Typography>
      </Box>
    </ButtonBase>
  )
}

/** What is wrong with a path is known only to the machine it names: the answer's fault is the validation. */
function FolderField({ chosen }: { chosen: string }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const [path, setPath] = useState(chosen.replace(/^folder:/, ''))
  const [fault, setFault] = useState<Fault | null>(null)
  const choose = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const answer = await client.commissioning.chooseCamera({ source: `folder:${path.trim()}` }).catch(() => null)
    setFault(answer && !answer.ok ? answer.fault : null)
  }
  return (
    <Box component="form" onSubmit={(event) => void choose(event)} sx={{ display: 'flex', flexDirection: 'column', gap: 1, pt: 1.5 }}>
      <TextField size="small" label={t('camera.folder')} placeholder="/data/camera" value={path} onChange={({ target }) => (setPath(target.value), setFault(null))} error={fault !== null} helperText={t('camera.folderHelp')} />
      <Button type="submit" variant="outlined" disabled={path.trim() === ''}>
        {t('camera.useFolder')}
      </Button>
      {fault && (
        <Alert severity="error" variant="outlined" icon={false}>
          <FaultText fault={fault} />
          <Typography variant="caption" sx={{ overflowWrap: 'anywhere' }}>
            {fault.detail}
          </Typography>
        </Alert>
      )}
    </Box>
  )
}
