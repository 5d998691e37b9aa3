import { createTheme } from '@mui/material/styles'
import { mm } from './mm.ts'
import { tokens, type Tokens } from './tokens.ts'

declare module '@mui/material/styles' {
  interface TypeBackground {
    /** Around pictures. */
    stage: string
  }
}

const paletteOf = (t: Tokens) => ({
  primary: { main: t.action, contrastText: t.onColour },
  success: { main: t.pass, contrastText: t.onColour },
  error: { main: t.fail, contrastText: t.onColour },
  warning: { main: t.review, contrastText: t.onReview },
  text: { primary: t.text, secondary: t.textQuiet },
  background: { default: t.ground, paper: t.surface, stage: t.stage },
  divider: t.line,
})

const focusRing = { outline: '3px solid var(--mui-palette-primary-main)', outlineOffset: '2px' }

/** Inter's tabular figures also widen the hyphen, which tears compound words apart. */
const words = { fontVariantNumeric: 'normal' }

/** Quiet greys (ISA-101); colour is left to what is abnormal, to the verdict and to the one next action. Technicians' controls are at least 10 mm. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: paletteOf(tokens.light) }, dark: { palette: paletteOf(tokens.dark) } },
  shape: { borderRadius: 6 },
  typography: {
    fontFamily: "Inter, 'Liberation Sans', system-ui, sans-serif",
    fontSize: 14,
    body1: { fontSize: '1rem' },
    body2: { fontSize: '0.875rem' },
    caption: { fontSize: '0.8125rem' },
    button: { ...words, textTransform: 'none', fontWeight: 600, fontSize: '1rem', lineHeight: 1.2 },
    h1: { ...words, fontSize: '2rem', fontWeight: 650, letterSpacing: '-0.02em' },
    h2: { ...words, fontSize: '1.375rem', fontWeight: 650, letterSpacing: '-0.01em' },
    h3: { ...words, fontSize: '1.0625rem', fontWeight: 650 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        'html, body, #root': { height: '100%' },
        body: { fontVariantNumeric: 'tabular-nums', overscrollBehavior: 'none', touchAction: 'manipulation' },
        ':focus-visible': focusRing,
        '.visuallyHidden': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' },
        },
      },
    },
    // Without the ripple a button would show its focus by nothing.
    MuiButtonBase: { defaultProps: { disableRipple: true }, styleOverrides: { root: { '&:focus-visible': focusRing } } },
    MuiButton: { defaultProps: { disableElevation: true }, styleOverrides: { root: { minHeight: mm(10) } } },
    MuiIconButton: { styleOverrides: { root: { minWidth: mm(10), minHeight: mm(10), borderRadius: 6 } } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiToggleButton: { styleOverrides: { root: { minHeight: mm(10), textTransform: 'none' } } },
    MuiMenuItem: { styleOverrides: { root: { minHeight: mm(10) } } },
    MuiTooltip: { defaultProps: { arrow: true } },
  },
})
