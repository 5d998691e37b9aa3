import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../../client/stationClient.ts'
import { FaultText } from '../../parts/FaultText.tsx'
import { HealthShape } from '../../parts/HealthShape.tsx'

/** Passed, or what is wrong, why, and what to do next: the fault's own words where there is one. `group` is loopTrouble or linkTrouble. */
export function TestVerdict({ group, trouble, fault }: { group: 'loopTrouble' | 'linkTrouble'; trouble: string | null; fault: Fault | null }) {
  const { t } = useTranslation('io')
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <HealthShape status={trouble === null ? 'ok' : 'failure'} size="1.5rem" />
        <Typography sx={{ fontWeight: 650 }}>{t(trouble === null ? 'loops.passed' : 'loops.failed')}</Typography>
      </Box>
      {trouble !== null &&
        (fault ? (
          <FaultText fault={fault} />
        ) : (
          <Box>
            <Typography sx={{ fontWeight: 650 }}>{t(`${group}.${trouble}.problem`)}</Typography>
            <Typography variant="body2">{t(`${group}.${trouble}.cause`)}</Typography>
            <Typography variant="body2" sx={{ fontWeight: 550 }}>
              {t(`${group}.${trouble}.action`)}
            </Typography>
          </Box>
        ))}
    </>
  )
}
