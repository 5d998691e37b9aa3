import { Typography } from '@mui/material'
import { clampLines } from './clampLines.ts'

const longFrom = 90

/** The band's first sentence: large, and a long one smaller rather than cut. */
export const Headline = ({ text }: { text: string }) => (
  <Typography sx={{ fontSize: text.length < longFrom ? '1.375rem' : '1.0625rem', fontWeight: 650, lineHeight: 1.2, ...clampLines(text.length < longFrom ? 3 : 4) }}>{text}</Typography>
)
