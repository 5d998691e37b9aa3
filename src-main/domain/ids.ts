declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** Lower-case hexadecimal SHA-256 of a file's bytes: the only name an immutable file has. */
export type Sha256 = Branded<string, 'Sha256'>
/** One pass down the line, unique for ever on this station (OPC 40100-1 ResultId). */
export type InspectionId = Branded<string, 'InspectionId'>
/** The part as the line knows it: from the PLC, a scanner, a file name or a counter (OPC 40100-1 PartId). */
export type PartId = Branded<string, 'PartId'>
export type RegionId = Branded<string, 'RegionId'>

export const sha256Pattern = /^[0-9a-f]{64}$/
