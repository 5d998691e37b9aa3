import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mm } from '../parts/mm.ts'
import { verdictColour } from '../parts/VerdictBadge.tsx'
import { VerdictShape, type VerdictKind } from '../parts/VerdictShape.tsx'
import type { Band } from './bandOf.ts'
import { PartSentence } from './PartSentence.tsx'
import { StationSentence } from './StationSentence.tsx'

/** A good part stays quiet; what needs a person fills the band (ISA-101). */
const filled: Partial<Record<VerdictKind, { ground: string; ink: string }>> = {
  fail: { ground: 'error.main', ink: 'error.contrastText' },
  unsure: { ground: 'warning.main', ink: 'warning.contrastText' },
  fault: { ground: 'text.primary', ink: 'background.paper' },
  hold: { ground: 'text.primary', ink: 'background.paper' },
}

/** Inter's capitals are 0.727 em high: a word of 30 mm needs 41.3 mm of font. */
const wordFontMm = 41.3
/** Widths in em: the shape with its gap, and a bold capital on average. */
const shapeEm = 0.96
const capitalEm = 0.7
/** Accents stand above the capitals; such a word is smaller by what they need, so that they stay inside the band. */
const accentShare = 0.8
const hasAccent = (word: string): boolean => word.normalize('NFD') !== word
/** Room for the sentence beside the word, and for a button beside that; a standstill takes more words than a verdict. */
const sentenceRem = { part: 28, station: 38 }
const actionRem = 10

/** Shape, word and reason, readable from across the line: the word's capitals are 30 mm high where the screen is wide enough. */
export function VerdictBand({ band, actions }: { band: Band; actions: ReactNode }) {
  const { t } = useTranslation()
  const word = t(`verdict.${band.kind}`)
  const fill = filled[band.kind]
  const textRem = sentenceRem[band.kind === 'fault' ? 'station' : band.about] + (actions ? actionRem : 0)
  const wordEm = shapeEm + word.length * capitalEm
  const fontSize = `min(${mm(wordFontMm * (hasAccent(word) ? accentShare : 1))}, (100cqw - ${textRem}rem) / ${wordEm})`
  return (
    <Box
      component="section"
      aria-label={t('console:band.label')}
      data-testid="band"
      sx={{ containerType: 'inline-size', bgcolor: fill?.ground ?? 'background.paper', color: fill?.ink ?? 'text.primary', borderRadius: 1 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 3, minHeight: mm(30), py: 2, px: 2.5, boxSizing: 'content-box' }}>
        <Box style={{ fontSize }} sx={{ display: 'flex', alignItems: 'center', gap: '0.22em', flex: 'none', color: fill ? 'inherit' : verdictColour[band.kind] }}>
          <VerdictShape kind={band.kind} size="0.74em" markColour={`var(--mui-palette-${(fill?.ground ?? 'background.paper').replace('.', '-')})`} />
          <Typography component="strong" data-testid="verdict-word" sx={{ fontSize: 'inherit', fontWeight: 750, letterSpacing: '-0.01em', lineHeight: 1, textBox: 'trim-both cap alphabetic', whiteSpace: 'nowrap' }}>
            {word}
          </Typography>
        </Box>
        <Box sx={{ flex: 1, minWidth: 0 }}>{band.about === 'part' ? <PartSentence part={band.part} /> : <StationSentence kind={band.kind} fault={band.fault} />}</Box>
        {actions}
      </Box>
    </Box>
  )
}
