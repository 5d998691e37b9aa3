/** At most `lines` lines, with an ellipsis: a long reason must not push the picture off the screen. */
export const clampLines = (lines: number) => ({ display: '-webkit-box', WebkitLineClamp: lines, WebkitBoxOrient: 'vertical', overflow: 'hidden' }) as const
