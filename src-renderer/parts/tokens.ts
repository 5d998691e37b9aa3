/** Colours with a meaning. Each text colour has at least 4.5 : 1 on both grounds of its theme; a test computes it. */
export const tokens = {
  light: {
    pass: '#0B6B57',
    fail: '#B3261E',
    review: '#F2B23E',
    action: '#0B57A4',
    text: '#202428',
    textQuiet: '#5A6168',
    ground: '#E6E7E9',
    surface: '#F3F4F5',
    line: '#C4C8CC',
    onColour: '#FFFFFF',
    onReview: '#202428',
    /** What lies around a picture; the same grey on both themes' eyes would glare on one. */
    stage: '#D3D6D9',
  },
  dark: {
    pass: '#4FC3A1',
    fail: '#FF8A7A',
    review: '#F2B23E',
    action: '#7FB8FF',
    text: '#E8EAED',
    textQuiet: '#A9B0B7',
    ground: '#24282C',
    surface: '#2D3237',
    line: '#474D53',
    onColour: '#1A1D20',
    onReview: '#1A1D20',
    stage: '#1A1D20',
  },
} as const

export type Tokens = (typeof tokens)['light' | 'dark']
