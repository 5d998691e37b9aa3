import { Box } from '@mui/material'
import { FolderIcon } from '../icons.tsx'

/** Sketches of the parts that the simulated worlds make; by the world's name, so that a world without a sketch still has a tile. */
const sketches: readonly { readonly is: RegExp; readonly path: string }[] = [
  { is: /plate/i, path: 'M6 12h36v24H6zM12 17a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5M36 17a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5M24 18a6 6 0 1 0 0 12a6 6 0 1 0 0-12M6 32h36' },
  { is: /cap|label/i, path: 'M24 6a18 18 0 1 0 0 36a18 18 0 1 0 0-36M24 11a13 13 0 1 0 0 26a13 13 0 1 0 0-26M17 21h14M17 25h14M20 29h8' },
  { is: /weave|woven|textile|fabric/i, path: 'M8 14h32M8 21h32M8 28h32M8 35h32M14 8v32M21 8v32M28 8v32M35 8v32' },
]

export function SourcePicture({ source, kind }: { source: string; kind: 'simulated' | 'folder' }) {
  const sketch = sketches.find(({ is }) => is.test(source))
  return (
    <Box aria-hidden sx={{ flex: 'none', width: 52, height: 52, display: 'grid', placeItems: 'center', bgcolor: 'background.stage', borderRadius: 0.75, color: 'text.secondary' }}>
      {kind === 'folder' ? (
        <FolderIcon />
      ) : (
        <svg viewBox="0 0 48 48" width="44" height="44">
          <path d={sketch?.path ?? 'M9 9h30v30H9z'} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" strokeLinecap="round" />
        </svg>
      )}
    </Box>
  )
}
