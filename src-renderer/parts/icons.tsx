import { strokeIcon } from './strokeIcon.tsx'

export const RunIcon = strokeIcon('M7 4.5v15l12-7.5z')
export const StopIcon = strokeIcon('M5.5 5.5h13v13h-13z')
export const ReviewIcon = strokeIcon('M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6')
export const HelpIcon = strokeIcon('M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M9.3 9.3c.2-1.5 1.3-2.3 2.7-2.3c1.6 0 2.8 1 2.8 2.5c0 2-2.8 2.2-2.8 4.2M12 17v.1')
export const CommissionIcon = strokeIcon('M4 6h9M17 6h3M15 4v4M4 12h3M11 12h9M9 10v4M4 18h9M17 18h3M15 16v4')
export const HeatIcon = strokeIcon('M12 2.5c1 3.5 5.5 5.5 5.5 11a5.5 5.5 0 0 1-11 0c0-2 .8-3.4 2-4.5c.3 1.6 1 2.3 1.8 2.5c-.3-3 .2-6.5 1.7-9z')
export const ThemeIcon = strokeIcon('M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 3v18M12 8l6.5-3M12 13l8.7-3M12 18l8-3')
export const LanguageIcon = strokeIcon('M12 2.500a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M2.5 12h19M12 2.500c2.7 2.6 4 5.8 4 9.500s-1.3 6.9-4 9.500c-2.7-2.6-4-5.8-4-9.500s1.3-6.9 4-9.5')
export const DemoIcon = strokeIcon('M9 3h6M10 3v6L4.5 18.500A1.7 1.7 0 0 0 6 21h12a1.7 1.7 0 0 0 1.5-2.500L14 9V3M7.5 14.500h9')
export const CloseIcon = strokeIcon('M5.5 5.500l13 13M18.5 5.500l-13 13')
export const BackIcon = strokeIcon('M10.5 5L3.5 12l7 7M4 12h16.5')
export const ModelsIcon = strokeIcon('M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.500l8 4.500l8-4.500M12 12v9')
