import { SvgIcon } from '@mui/material'

/** What a part's badge can say; `fault` is a frame that was never judged. The rest is said of the station when it has no verdict to show. */
export type VerdictKind = 'pass' | 'fail' | 'unsure' | 'fault' | StandstillKind
export type StandstillKind = 'ready' | 'hold' | 'stopped'

/** Outer shape and mark on a 24 × 24 field. Each differs in outline, so a greyscale picture still reads. */
const shapes: Record<VerdictKind, { outline: string; mark: string }> = {
  pass: { outline: 'M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z', mark: 'M6.5 12.5l3.8 3.8l7.2-8' },
  fail: { outline: 'M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z', mark: 'M8 8l8 8M16 8l-8 8' },
  unsure: { outline: 'M12 1.6L23.4 22.2H.6z', mark: 'M9.3 11.2c0-1.7 1.2-2.7 2.7-2.7s2.7 1 2.7 2.4c0 1.9-2.7 2.1-2.7 4.3M12 18.4v.2' },
  fault: { outline: 'M2 2h20v20H2z', mark: 'M12 6.5v7M12 17.3v.2' },
  ready: { outline: 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z', mark: 'M7 12h.2M12 12h.2M17 12h.2' },
  hold: { outline: 'M2 2h20v20H2z', mark: 'M9 7.5v9M15 7.5v9' },
  stopped: { outline: 'M2 2h20v20H2z', mark: 'M8.5 8.5h7v7h-7z' },
}

/** ✓ in a circle, ✕ in an octagon, ? in a triangle, ! in a square. Drawn in the current colour, with the mark cut in `markColour`. */
export function VerdictShape({ kind, size, markColour }: { kind: VerdictKind; size: string; markColour: string }) {
  const { outline, mark } = shapes[kind]
  const isHollow = kind !== 'pass' && kind !== 'fail' && kind !== 'unsure'
  return (
    <SvgIcon viewBox="0 0 24 24" sx={{ fontSize: size, flex: 'none' }} data-verdict={kind}>
      <path d={outline} fill={isHollow ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth={isHollow ? 2 : 0} strokeLinejoin="round" />
      <path d={mark} fill="none" stroke={isHollow ? 'currentColor' : markColour} strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
    </SvgIcon>
  )
}
