import { SvgIcon } from '@mui/material'
import type { Phase } from '../stepPhase.ts'

/** One shape a phase, readable without colour: ring with the number, half-filled ring, disc with a tick, ring with a stroke, triangle. */
export function PhaseShape({ phase, number }: { phase: Phase; number: number }) {
  return (
    <SvgIcon viewBox="0 0 28 28" aria-hidden sx={{ fontSize: '1.75rem', color: colours[phase] }}>
      {phase === 'stale' ? <path d="M14 3L26.5 25h-25z" fill="currentColor" /> : <circle cx="14" cy="14" r="11.5" fill={phase === 'passed' ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="2" strokeDasharray={phase === 'todo' ? '3.5 3.2' : undefined} />}
      {phase === 'inProgress' && <path d="M14 2.5a11.500 11.500 0 0 1 0 23" fill="none" stroke="currentColor" strokeWidth="4.500" />}
      {phase === 'passed' && <path d="M8.500 14.500l3.700 3.700l7.300-7.700" fill="none" stroke="var(--mui-palette-background-paper)" strokeWidth="2.600" />}
      {phase === 'waived' && <path d="M7 14h14" fill="none" stroke="currentColor" strokeWidth="2.600" />}
      {phase === 'stale' && <path d="M14 11v7M14 21.500v.2" stroke="#202428" strokeWidth="2.600" strokeLinecap="round" />}
      {(phase === 'todo' || phase === 'inProgress') && (
        <text x="14" y="18.500" textAnchor="middle" fontSize="12.5" fontWeight="700" fill="currentColor">
          {number}
        </text>
      )}
    </SvgIcon>
  )
}

const colours: Record<Phase, string> = { todo: 'text.secondary', inProgress: 'primary.main', passed: 'text.secondary', waived: 'text.secondary', stale: 'warning.main' }
