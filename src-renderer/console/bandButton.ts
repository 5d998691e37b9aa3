import { mm } from '../parts/mm.ts'

/** A button beside the band's sentence. */
export const bandButton = { flex: 'none', minHeight: mm(20), minWidth: mm(30), borderWidth: 2, borderColor: 'currentColor' } as const
