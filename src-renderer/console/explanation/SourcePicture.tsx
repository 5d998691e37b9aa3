import { Box, Button, Typography } from '@mui/material'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExplanationView } from '../../../src-preload/contract/explanation.ts'
import { useClient } from '../../client/ClientContext.ts'
import { BackIcon } from '../../parts/icons.tsx'
import { mm } from '../../parts/mm.ts'
import { BlobPicture } from './BlobPicture.tsx'

type Normal = ExplanationView['nearest'][number]

/** The whole picture of a good part, with the place of its patch. */
export function SourcePicture({ model, normal, onBack }: { model: string; normal: Normal; onBack: () => void }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const [picture, setPicture] = useState<Blob | null>(null)
  const { id, number, at } = normal
  useEffect(() => {
    const life = new AbortController()
    client.evidence
      .sourcePicture({ model, id, maxWidthPx: 1600 }, { signal: life.signal })
      .then((answer) => (answer.ok && !life.signal.aborted ? setPicture(answer.value) : undefined))
      .catch(() => undefined)
    return () => life.abort()
  }, [client, model, id])
  const name = t('why.good', { number })
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Button variant="outlined" color="inherit" startIcon={<BackIcon />} onClick={onBack} sx={{ minHeight: mm(15) }}>
          {t('why.back')}
        </Button>
        <Typography sx={{ fontWeight: 600 }}>{name}</Typography>
        <Typography variant="body2" color="textSecondary" noWrap title={id}>
          {id.slice(0, 12)}
        </Typography>
      </Box>
      <Box style={{ aspectRatio: `${at.widthPx} / ${at.heightPx}`, width: `min(100%, 27rem * ${at.widthPx / at.heightPx})` }} sx={{ position: 'relative', mx: 'auto', bgcolor: 'background.stage' }}>
        {picture && <BlobPicture picture={picture} label={name} />}
        <Box aria-hidden style={{ left: `${(100 * at.x) / at.widthPx}%`, top: `${(100 * at.y) / at.heightPx}%` }} sx={{ position: 'absolute', width: '2.5rem', height: '2.5rem', transform: 'translate(-50%, -50%)', borderRadius: '50%', border: '3px solid #fff', boxShadow: '0 0 0 2px #000, inset 0 0 0 2px #000' }} />
      </Box>
    </Box>
  )
}
