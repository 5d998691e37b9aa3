import { SvgIcon, type SvgIconProps } from '@mui/material'

/** An icon drawn as one line on a 24 × 24 field, in the colour of the text around it. */
export const strokeIcon = (path: string, strokeWidth = 2) =>
  function Icon(props: SvgIconProps) {
    return (
      <SvgIcon {...props} viewBox="0 0 24 24">
        <path d={path} fill="none" stroke="currentColor" strokeWidth={strokeWidth} strokeLinecap="round" strokeLinejoin="round" />
      </SvgIcon>
    )
  }
